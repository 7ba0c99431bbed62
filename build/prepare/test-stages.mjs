import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium, installChromiumCommand } from './chromium.mjs';
import { nodeScript, runAttached } from './launch.mjs';
import { auditPackages } from './npm-audit.mjs';

/** @typedef {import('./setup.mjs').Setup} Setup */
/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

const NONE = Object.freeze({ passed: 0, failed: 0, skipped: 0 });

/**
 * Types, lint, and what is known against the packages. A stage that fails counts as one failure, so that the last line never says "0 failed" of a bad run.
 * @param {Setup} setup
 * @returns {Promise<Counts[]>}
 */
export async function runChecks(setup) {
  const stages = [
    ...['pure', 'node', 'web'].map((room) => ({
      name: `types (${room})`,
      command: nodeScript(setup, 'typescript/bin/tsc', ['-p', `tsconfig.${room}.json`]),
    })),
    { name: 'lint', command: nodeScript(setup, 'eslint/bin/eslint.js', ['.']) },
  ];
  const counts = [];
  for (const { name, command } of stages) {
    const { code } = await runAttached(setup, command);
    setup.reporter.say(`${name}: ${code === 0 ? 'in order' : 'FAILED'}`);
    counts.push(code === 0 ? NONE : { ...NONE, failed: 1 });
  }
  return [...counts, await runAudit(setup)];
}

/**
 * @param {Setup} setup
 * @returns {Promise<Counts>} a failure where something high or critical is known; a registry that cannot say is none
 */
export async function runAudit(setup) {
  const { state, words } = await auditPackages(setup);
  setup.reporter.say(`npm audit: ${state}: ${words}`);
  return state === 'FAILED' ? { ...NONE, failed: 1 } : NONE;
}

/**
 * @param {Setup} setup
 * @param {string[]} args
 * @returns {Promise<Counts>}
 */
export async function runUnit(setup, args) {
  const report = freshReport(setup, 'unit.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { code } = await runAttached(setup, nodeScript(setup, 'vitest/vitest.mjs', ['run', ...reporters, ...args]));
  return atLeastOneFailure(code, readReport(report, countUnit));
}

/**
 * @param {Setup} setup
 * @param {{ args: string[], isAsked: boolean }} options  asked for by name, a missing browser is a failure
 * @returns {Promise<Counts>}
 */
export async function runEndToEnd(setup, { args, isAsked }) {
  if (!hasEndToEndTests(setup)) return NONE;
  const chromium = findChromium(setup);
  if (chromium === null) {
    const mustRun = isAsked || Boolean(setup.env['CI']);
    setup.reporter.say(`There is no Chromium for the end-to-end tests: they ${mustRun ? 'FAIL' : 'are skipped'}. To change it: ${installChromiumCommand(setup)}`);
    return mustRun ? { ...NONE, failed: 1 } : { ...NONE, skipped: 1 };
  }
  const report = freshReport(setup, 'e2e.json');
  const { code } = await runAttached(setup, nodeScript(setup, '@playwright/test/cli.js', ['test', '--reporter=list,json', ...args]), {
    env: { LIKENESS_CHROMIUM: chromium, PLAYWRIGHT_JSON_OUTPUT_NAME: report, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
  });
  return atLeastOneFailure(code, readReport(report, countEndToEnd));
}

/** @param {Setup} setup */
export function hasEndToEndTests(setup) {
  const folder = join(setup.root, 'e2e');
  if (!existsSync(join(setup.root, 'playwright.config.ts')) || !existsSync(folder)) return false;
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).some((name) => /\.(spec|test)\.ts$/.test(name));
}

/**
 * @param {Setup} setup
 * @param {string} name
 */
function freshReport(setup, name) {
  const folder = join(setup.cache, 'reports');
  mkdirSync(folder, { recursive: true });
  // An old report must not speak for a run that broke off.
  rmSync(join(folder, name), { force: true });
  return join(folder, name);
}

/**
 * @template Report
 * @param {string} file
 * @param {(report: Report) => Counts} count
 * @returns {Counts}
 */
function readReport(file, count) {
  return existsSync(file) ? count(JSON.parse(readFileSync(file, 'utf8'))) : { ...NONE };
}

/**
 * A file that cannot be loaded has no test that failed, yet it is a failure.
 * @param {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests?: number, testResults?: { status: string, assertionResults: { status: string }[] }[] }} report
 * @returns {Counts}
 */
export function countUnit({ numPassedTests, numFailedTests, numPendingTests, numTodoTests = 0, testResults = [] }) {
  const broken = testResults.filter(({ status, assertionResults }) =>
    status === 'failed' && !assertionResults.some((test) => test.status === 'failed')).length;
  return { passed: numPassedTests, failed: numFailedTests + broken, skipped: numPendingTests + numTodoTests };
}

/**
 * @param {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number }, errors?: unknown[] }} report
 * @returns {Counts}
 */
export function countEndToEnd({ stats, errors = [] }) {
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected + errors.length, skipped: stats.skipped };
}

/**
 * @param {number} code
 * @param {Counts} counts
 */
function atLeastOneFailure(code, counts) {
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/**
 * @param {Counts[]} counts
 * @returns {{ line: string, failed: number }} the one line that says how it went
 */
export function sumLine(counts) {
  const total = (/** @type {keyof Counts} */ key) => counts.reduce((sum, count) => sum + count[key], 0);
  const [passed, failed, skipped] = [total('passed'), total('failed'), total('skipped')];
  return { failed, line: `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}` };
}
