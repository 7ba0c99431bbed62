import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { findChromium } from './chromium.mjs';
import { scratchFolder } from './scratch-setup.ts';

function program(path: string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, '');
  chmodSync(path, 0o755);
  return path;
}

test('the browser named by LIKENESS_CHROMIUM comes before the one on the PATH', () => {
  const folder = scratchFolder();
  const named = program(join(folder, 'mine'));
  const found = program(join(folder, 'bin', 'chromium'));
  const env = { PATH: join(folder, 'bin'), HOME: folder };
  expect(findChromium({ platform: 'linux', env: { ...env, LIKENESS_CHROMIUM: named } })).toBe(named);
  expect(findChromium({ platform: 'linux', env })).toBe(found);
});

test('a LIKENESS_CHROMIUM that is not there is no browser, rather than another one', () => {
  const folder = scratchFolder();
  program(join(folder, 'chromium'));
  expect(findChromium({ platform: 'linux', env: { PATH: folder, LIKENESS_CHROMIUM: join(folder, 'typo') } })).toBeNull();
});

test("Playwright's own browser is found last, and without any there is none", () => {
  const folder = scratchFolder();
  expect(findChromium({ platform: 'linux', env: { PATH: folder, HOME: folder } })).toBeNull();
  const own = program(join(folder, '.cache/ms-playwright/chromium-1200/chrome-linux64/chrome'));
  expect(findChromium({ platform: 'linux', env: { PATH: folder, HOME: folder } })).toBe(own);
  const google = program(join(folder, 'google-chrome'));
  expect(findChromium({ platform: 'linux', env: { PATH: folder, HOME: folder } })).toBe(google);
});

test('a file that cannot be executed is not taken for the browser', () => {
  const folder = scratchFolder();
  chmodSync(program(join(folder, 'chromium')), 0o644);
  expect(findChromium({ platform: 'linux', env: { PATH: folder, HOME: folder } })).toBeNull();
});
