import { runChild } from './child.mjs';
import { findNpm, withoutNpmScriptEnvironment } from './npm-dependencies.mjs';
import { withoutAddresses } from './programs.mjs';

/** @typedef {import('./setup.mjs').Setup} Setup */
/** @typedef {{ state: 'in order' | 'FAILED' | 'not checked', words: string }} Verdict */

/** A registry that does not answer in this time is not waited for. */
const LIMIT_MS = 30_000;

/**
 * What is known against the packages of package-lock.json, high and critical. A registry that cannot say is no failure, but is said.
 * @param {Setup} setup
 * @returns {Promise<Verdict>}
 */
export async function auditPackages(setup) {
  const npm = findNpm(setup);
  if (npm === null) return { state: 'not checked', words: 'npm is not on the PATH' };
  const [command, before] = npm;
  /** @type {string[]} */
  const lines = [];
  const end = await runChild(command, [...before, 'audit', '--json', '--audit-level=high', '--fetch-retries=0', '--loglevel=silent'], {
    cwd: setup.root, env: withoutNpmScriptEnvironment(setup.env), limitMs: LIMIT_MS, onLine: (line) => lines.push(line),
  });
  return end.stopped ? { state: 'not checked', words: `the registry did not answer within ${LIMIT_MS / 1000} s` } : readAudit(lines.join('\n'));
}

/**
 * @param {string} output  of npm audit --json, between whatever else npm had to say
 * @returns {Verdict}
 */
export function readAudit(output) {
  const report = parsed(output.slice(output.indexOf('\n{') + 1, output.lastIndexOf('\n}') + 2)) ?? parsed(output);
  const counts = report?.metadata?.vulnerabilities;
  if (counts === undefined) return { state: 'not checked', words: withoutAddresses(report?.error?.summary || report?.message || output.split('\n')[0] || 'npm said nothing') };
  const grave = counts.high + counts.critical;
  const lesser = counts.low + counts.moderate;
  const asides = lesser === 0 ? '' : `; ${lesser} lesser ones are known`;
  if (grave === 0) return { state: 'in order', words: `nothing high or critical is known of ${report.metadata.dependencies?.total ?? 'the'} packages${asides}` };
  const names = Object.values(report.vulnerabilities ?? {}).filter(({ severity }) => severity === 'high' || severity === 'critical').map(({ name }) => name);
  return { state: 'FAILED', words: `${grave} high or critical: ${names.join(', ')}. "npm audit" has the versions that mend them` };
}

/**
 * @param {string} text
 * @returns {any}
 */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    // Words instead of data: the registry is not one that answers.
    return null;
  }
}
