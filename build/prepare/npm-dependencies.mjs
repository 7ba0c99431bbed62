import { copyFileSync, existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runChild } from './child.mjs';
import { hashTree, stampHolds, writeStamp } from './fingerprint.mjs';
import { findProgram, SETUP_COMMAND, withoutAddresses } from './programs.mjs';
import { stagingFolder, swapIn } from './staging.mjs';

/** @typedef {import('./setup.mjs').Setup} Setup */
/** @typedef {import('./setup.mjs').Outcome} Outcome */
/** @typedef {{ version?: string, integrity?: string, optional?: boolean, os?: string[], cpu?: string[] }} LockedPackage */

/** npm retries by itself; this long without a package or a word from it means that no network is there. */
const STALL_MS = 90_000;
const MANIFESTS = ['package.json', 'package-lock.json', '.npmrc'];

/**
 * The npm packages, as package-lock.json has them. Installed beside the old ones and swapped in, so that a broken network
 * never leaves a checkout with less than it had.
 * @type {import('./setup.mjs').Step}
 */
export const npmStep = {
  name: 'npm-dependencies',
  title: 'npm packages',
  inputs: npmInputs,
  isReady: (setup) => stampHolds(stampFile(setup), npmInputs(setup)) || adopt(setup),
  run: install,
};

/** @param {Setup} setup */
function npmInputs(setup) {
  return hashTree(setup.root, ['package-lock.json']);
}

/** @param {Setup} setup */
const stampFile = (setup) => join(setup.root, 'node_modules', '.likeness.json');

/**
 * Somebody ran npm themselves: npm's own list of what it installed, written last, says whether it is all there.
 * @param {Setup} setup
 */
function adopt(setup) {
  const installed = lockedPackages(join(setup.root, 'node_modules', '.package-lock.json'));
  const wanted = lockedPackages(join(setup.root, 'package-lock.json'));
  if (installed === null || wanted === null) return false;
  const isWhole = Object.entries(wanted).every(([path, { version, integrity, optional }]) => {
    const found = installed[path];
    return path === '' || (found ? found.version === version && found.integrity === integrity : optional === true);
  });
  if (isWhole) writeStamp(stampFile(setup), npmInputs(setup));
  return isWhole;
}

/**
 * @param {string} file
 * @returns {Record<string, LockedPackage> | null}
 */
function lockedPackages(file) {
  if (!existsSync(file)) return null;
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages ?? null;
  } catch {
    // Half a file is none.
    return null;
  }
}

/**
 * @param {Setup} setup
 * @param {import('./progress.mjs').Task} task
 * @returns {Promise<Outcome>}
 */
async function install(setup, task) {
  const npm = findNpm(setup);
  if (!npm) return { state: 'failed', detail: 'no npm packages', reason: 'npm is not on the PATH', command: 'install Node.js with npm' };
  const staging = stagingFolder(setup, 'npm');
  for (const name of MANIFESTS.filter((file) => existsSync(join(setup.root, file)))) copyFileSync(join(setup.root, name), join(staging, name));
  const end = await runNpm(setup, { npm, staging, task });
  if (end.code !== 0) {
    const reason = `npm ci ${end.stopped ?? 'fails'}: ${npmReason(end.output)}`;
    const isUsable = lockedPackages(join(setup.root, 'node_modules', '.package-lock.json')) !== null;
    return isUsable
      ? { state: 'fallback', detail: 'the npm packages of an earlier package-lock.json', reason, command: SETUP_COMMAND }
      : { state: 'failed', detail: 'no npm packages', reason, command: SETUP_COMMAND };
  }
  writeStamp(join(staging, 'node_modules', '.likeness.json'), npmInputs(setup));
  swapIn(setup, join(staging, 'node_modules'), join(setup.root, 'node_modules'));
  rmSync(staging, { recursive: true, force: true });
  return { state: 'ready', detail: `${packageCount(setup)} packages of package-lock.json` };
}

/**
 * @param {Setup} setup
 * @param {{ npm: [string, string[]], staging: string, task: import('./progress.mjs').Task }} job
 */
function runNpm(setup, { npm: [command, before], staging, task }) {
  const total = packageCount(setup);
  let fetched = 0;
  const unpacked = () => countPackages(join(staging, 'node_modules'));
  return runChild(command, [...before, 'ci', '--no-audit', '--no-fund', '--loglevel=http', '--fetch-retries=1', '--fetch-retry-mintimeout=2000'], {
    cwd: staging,
    env: withoutNpmScriptEnvironment(setup.env),
    activity: unpacked,
    stallMs: STALL_MS,
    onLine: (line) => {
      if (/http fetch GET 200/.test(line)) fetched = Math.min(total, fetched + 1);
    },
    onTick: () => task.update(
      fetched < total
        ? { doing: 'downloading', done: Math.max(fetched, unpacked()), total, unit: 'packages' }
        : { doing: 'unpacking', done: unpacked(), total, unit: 'packages' },
    ),
  });
}

/**
 * npm started by npm takes the outer command's settings for its own: that folder, those flags.
 * @param {NodeJS.ProcessEnv} env
 */
export function withoutNpmScriptEnvironment(env) {
  const ofTheOuterCommand = /^npm_(lifecycle|package|command|config_(local_prefix|prefix|dry_run|global|silent|loglevel|workspace|omit|include)$)/;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !ofTheOuterCommand.test(name)));
}

/**
 * @param {Setup} setup
 * @returns {[string, string[]] | null}
 */
export function findNpm(setup) {
  // Started by npm, that very npm is known by its path, which also works where npm is a .cmd file.
  const running = setup.env['npm_execpath'];
  if (running?.endsWith('.js') && existsSync(running)) return [process.execPath, [running]];
  const found = findProgram(setup, ['npm']);
  return found ? [found, []] : null;
}

/** @param {Setup} setup */
function packageCount(setup) {
  const locked = Object.entries(lockedPackages(join(setup.root, 'package-lock.json')) ?? {});
  const isForHere = (/** @type {string[] | undefined} */ list, /** @type {string} */ here) => !list || list.includes(here);
  // Packages inside packages are few, and counting them on disk would take a walk through all.
  return locked.filter(([path, { os, cpu }]) => path.lastIndexOf('node_modules/') === 0 && isForHere(os, setup.platform) && isForHere(cpu, setup.arch)).length;
}

/**
 * npm makes all folders first and fills them later, so a package counts from its manifest on.
 * @param {string} folder
 */
function countPackages(folder) {
  if (!existsSync(folder)) return 0;
  const names = readdirSync(folder).flatMap((name) => (name.startsWith('@') ? readdirSync(join(folder, name)).map((inner) => join(name, inner)) : [name]));
  return names.filter((name) => existsSync(join(folder, name, 'package.json'))).length;
}

/** @param {string} output */
function npmReason(output) {
  const lines = output.split('\n').filter((line) => /npm error/.test(line) && !/complete log|debug-0/.test(line));
  const line = lines.find((text) => !/npm error (code|errno|syscall)/.test(text)) ?? lines[0] ?? output.split('\n').at(-1) ?? '';
  return withoutAddresses(line.replace(/^npm error /, ''));
}
