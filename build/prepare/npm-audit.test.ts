import { expect, test } from 'vitest';
import { readAudit } from './npm-audit.mjs';

const report = (counts: object, vulnerabilities: object = {}): string =>
  JSON.stringify({ auditReportVersion: 2, vulnerabilities, metadata: { vulnerabilities: { info: 0, low: 0, moderate: 0, high: 0, critical: 0, ...counts }, dependencies: { total: 700 } } }, null, 2);

test('packages of which nothing high or critical is known are in order, and lesser findings are said', () => {
  expect(readAudit(report({}))).toEqual({ state: 'in order', words: 'nothing high or critical is known of 700 packages' });
  expect(readAudit(report({ low: 1, moderate: 2 }))).toMatchObject({ state: 'in order', words: expect.stringMatching(/3 lesser ones/) });
});

test('one that is high or critical is a failure, by name', () => {
  const found = { tar: { name: 'tar', severity: 'critical' }, quiet: { name: 'quiet', severity: 'low' } };
  expect(readAudit(report({ critical: 1, low: 1 }, found))).toMatchObject({ state: 'FAILED', words: expect.stringMatching(/^1 high or critical: tar\./) });
});

test('a registry that cannot say is no verdict, and its reason is given', () => {
  const refused = `npm warn audit 405 Method Not Allowed\n${JSON.stringify({ message: 'audit endpoint returned an error', error: { summary: '405 Method Not Allowed', detail: '' } }, null, 2)}`;
  expect(readAudit(refused)).toEqual({ state: 'not checked', words: '405 Method Not Allowed' });
  expect(readAudit('npm error code ENOTFOUND')).toEqual({ state: 'not checked', words: 'npm error code ENOTFOUND' });
  expect(readAudit('')).toEqual({ state: 'not checked', words: 'npm said nothing' });
});
