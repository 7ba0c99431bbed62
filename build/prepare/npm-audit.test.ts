import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { auditPackages, readAudit } from './npm-audit.mjs';
import { scratchFolder, scratchSetup } from './scratch-setup.ts';
import { runAudit } from './test-stages.mjs';

const report = (counts: object, vulnerabilities: object = {}): string =>
  JSON.stringify({ auditReportVersion: 2, vulnerabilities, metadata: { vulnerabilities: { info: 0, low: 0, moderate: 0, high: 0, critical: 0, ...counts }, dependencies: { total: 700 } } }, null, 2);

const advisory = (id: string, severity: string, range: string, title: string): object =>
  ({ title, severity, range, url: `https://github.com/advisories/${id}`, source: 1, cwe: [] });

const FOUND = {
  tar: {
    name: 'tar', severity: 'critical', via: [
      advisory('GHSA-aaaa-bbbb-cccc', 'critical', '<7.5.21', 'Writes outside its folder'),
      advisory('GHSA-dddd-eeee-ffff', 'low', '<7.5.9', 'Reads a little too far'),
    ],
  },
  installer: { name: 'installer', severity: 'critical', via: ['tar'] },
  quiet: { name: 'quiet', severity: 'low', via: [advisory('GHSA-gggg-hhhh-iiii', 'low', '<2.0.0', 'Says too much')] },
};

const REFUSED = `npm warn audit 405 Method Not Allowed\n${JSON.stringify({
  message: '405 Method Not Allowed - POST https://registry.example/-/npm/v1/security/advisories/bulk', statusCode: 405, body: '', error: { summary: '', detail: '' },
}, null, 2)}`;

/** A script that is started in npm's place. */
function standIn(script: string): { npm_execpath: string } {
  const file = join(scratchFolder(), 'npm-cli.js');
  writeFileSync(file, script);
  return { npm_execpath: file };
}

/** An npm whose "audit" says this, and fails as npm does where it found something or nobody answered. */
const npmThatSays = (output: string): { npm_execpath: string } =>
  standIn(`if (process.argv[2] === 'audit') { process.stdout.write(${JSON.stringify(output)}); process.exitCode = 1; }`);

test('packages of which nothing high or critical is known are in order, and lesser findings are said', () => {
  expect(readAudit(report({}))).toEqual({ state: 'in order', words: 'nothing high or critical is known of 700 packages' });
  expect(readAudit(report({ low: 1, moderate: 2 }))).toMatchObject({ state: 'in order', words: expect.stringMatching(/3 lesser ones/) });
});

test('what is high or critical fails the stage, in words that name package, versions, advisory and remedy', async () => {
  const { setup, said } = scratchSetup(npmThatSays(report({ critical: 2, low: 1 }, FOUND)));
  expect(await runAudit(setup)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  const words = said.join('');
  expect(words).toContain('npm audit: FAILED: 2 packages are reached by what is high or critical\n  tar <7.5.21: GHSA-aaaa-bbbb-cccc, critical: Writes outside its folder\n  Lift each');
  expect(words).toMatch(/"npm audit fix".*"overrides" in package\.json.*docs\/dependencies\.md/);
  expect(words).not.toMatch(/Reads a little|Says too much/);
});

test('a registry that refuses is no failure, and its reason is said without its address', async () => {
  const { setup, said } = scratchSetup(npmThatSays(REFUSED));
  expect(await runAudit(setup)).toEqual({ passed: 0, failed: 0, skipped: 0 });
  expect(said.join('')).toContain('npm audit: not checked: 405 Method Not Allowed - POST (address)\n');
});

test('without a network, without words and without npm nothing was checked, and that is said', async () => {
  expect(readAudit('npm error code ENOTFOUND')).toEqual({ state: 'not checked', words: 'npm error code ENOTFOUND' });
  expect(readAudit('')).toEqual({ state: 'not checked', words: 'npm said nothing' });
  expect(await auditPackages(scratchSetup({ PATH: scratchFolder() }).setup)).toEqual({ state: 'not checked', words: 'npm is not on the PATH' });
});

test('a registry that keeps silent is not waited for', async () => {
  const { setup } = scratchSetup(standIn('setInterval(() => {}, 1000);'));
  expect(await auditPackages(setup, 300)).toEqual({ state: 'not checked', words: 'the registry did not answer within 0.3 s' });
});
