import { expect, it } from 'vitest';
import { contentPolicy, guardHeaders } from './content-policy.ts';

it('allows nothing by default, and neither inline code nor evaluation', () => {
  for (const policy of [contentPolicy(null), contentPolicy('abc')]) {
    expect(policy).toMatch(/^default-src 'none';/);
    expect(policy).not.toMatch(/unsafe/);
    expect(policy).not.toMatch(/https?:|\*/);
  }
});

it('lets the page, and only the page, add styles with its nonce', () => {
  expect(contentPolicy('abc')).toContain("style-src 'self' 'nonce-abc';");
  expect(contentPolicy(null)).toContain("style-src 'self';");
});

it('gives the camera to our own pages and to no frame in them, and the microphone to nobody', () => {
  const permissions = guardHeaders['Permissions-Policy']?.split(', ');
  expect(permissions).toContain('camera=(self)');
  expect(permissions).toContain('microphone=()');
});
