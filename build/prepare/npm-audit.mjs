import { runChild } from './child.mjs';
import { findNpm, withoutNpmScriptEnvironment } from './npm-dependencies.mjs';
import { withoutAddresses } from './programs.mjs';

/** @typedef {import('./setup.mjs').Setup} Setup */
/** @typedef {{ state: 'in order' | 'FAILED' | 'not checked', words: string }} Verdict */
/** @typedef {{ title: string, url: string, severity: string, range: string }} Advisory */
/** @typedef {{ name: string, severity: string, via: (Advisory | string)[] }} Vulnerability  via: its own advisories, and names of packages whose advisories reach it */

/** A registry that does not answer in this time is not waited for. */
const LIMIT_MS = 30_000;
const REMEDY = 'Lift each with "npm audit fix", or, where the package that asks for it has no newer version, with "overrides" in package.json; then write it into docs/dependencies.md';

/**
 * What is known against the packages of package-lock.json, high and critical. A registry that cannot say is no failure, but is said.
 * @param {Setup} setup
 * @param {number} [limitMs]
 * @returns {Promise<Verdict>}
 */
export async function auditPackages(setup, limitMs = LIMIT_MS) {
  const npm = findNpm(setup);
  if (npm === null) return { state: 'not checked', words: 'npm is not on the PATH' };
  const [command, before] = npm;
  /** @type {string[]} */
  const lines = [];
  const end = await runChild(command, [...before, 'audit', '--json', '--audit-level=high', '--fetch-retries=0', '--loglevel=silent'], {
    cwd: setup.root, env: withoutNpmScriptEnvironment(setup.env), limitMs, onLine: (line) => lines.push(line),
  });
  return end.stopped ? { state: 'not checked', words: `the registry did not answer within ${limitMs / 1000} s` } : readAudit(lines.join('\n'));
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
  const found = Object.values(report.vulnerabilities ?? {}).flatMap(graveAdvisories);
  return { state: 'FAILED', words: [`${grave} ${grave === 1 ? 'package is' : 'packages are'} reached by what is high or critical`, ...found, REMEDY].join('\n  ') };
}

/** @param {string} severity */
const isGrave = (severity) => severity === 'high' || severity === 'critical';

/**
 * @param {Vulnerability} vulnerability
 * @returns {string[]} a line for each advisory of the package itself
 */
function graveAdvisories({ name, via }) {
  return via.filter((cause) => typeof cause === 'object').filter(({ severity }) => isGrave(severity))
    .map(({ title, url, severity, range }) => `${name} ${range}: ${url.split('/').at(-1)}, ${severity}: ${title}`);
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
