import { spawn } from 'node:child_process';
import { existsSync, openSync, closeSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFuses, wantedFuses } from './electron-fuses.mjs';
import { hashOf, stampHolds, writeStamp } from './fingerprint.mjs';
import { withoutAddresses } from './programs.mjs';

/** @typedef {import('./setup.mjs').Setup} Setup */
/** @typedef {import('./setup.mjs').Outcome} Outcome */

/** The most that looking for Electron may add to a start. */
const LIMIT_MS = 15_000;
const LOOK_AGAIN_MS = 200;
const HOME = join('node_modules', 'electron');

/**
 * Electron's program, which its npm package fetches on demand from outside the npm registry.
 * @type {import('./setup.mjs').Step}
 */
export const electronStep = {
  name: 'electron',
  title: 'Electron',
  inputs: (setup) => hashOf([electronVersion(setup), whyNotHere(setup)]),
  isReady: (setup) => whyNotHere(setup) === null && electronProgram(setup) !== null && hasFuses(setup),
  run: fetchElectron,
};

/**
 * @param {Setup} setup
 * @returns {string | null} why this machine, whatever is installed, gets the browser host
 */
export function whyNotHere({ env, platform }) {
  if (platform !== 'linux') return null;
  if (!env['DISPLAY'] && !env['WAYLAND_DISPLAY']) return 'there is no display (DISPLAY, WAYLAND_DISPLAY)';
  // Chromium's sandbox refuses root, and Likeness does not run Electron without it.
  if (process.getuid?.() === 0) return 'Electron does not run as root with its sandbox on';
  return null;
}

/**
 * @param {Setup} setup
 * @returns {string | null}
 */
export function electronProgram(setup) {
  const path = join(setup.root, HOME, 'path.txt');
  // Electron's installer writes path.txt last, so what it names is whole.
  if (!existsSync(path)) return null;
  const program = join(setup.root, HOME, 'dist', readFileSync(path, 'utf8'));
  return existsSync(program) ? program : null;
}

/** @param {Setup} setup */
function electronVersion(setup) {
  const manifest = join(setup.root, HOME, 'package.json');
  return existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')).version : null;
}

/**
 * @param {Setup} setup
 * @param {import('./progress.mjs').Task} task
 * @returns {Promise<Outcome>}
 */
async function fetchElectron(setup, task) {
  const browser = /** @type {const} */ ({ state: 'fallback', detail: 'Likeness opens in the browser' });
  const never = whyNotHere(setup);
  if (never) return { ...browser, reason: never };
  const command = 'npm start -- --electron';
  if (electronVersion(setup) === null) return { ...browser, reason: 'the npm package electron is not installed', command: 'npm ci' };
  const logFile = join(setup.cache, 'electron-fetch.log');
  const end = await fetchForAWhile(setup, logFile, task);
  const program = electronProgram(setup);
  if (program !== null) return withFuses(setup, program);
  if (end === 'still going') return { ...browser, reason: `Electron is still being downloaded in the background (${LIMIT_MS / 1000} s were not enough)`, command };
  return { ...browser, reason: `Electron could not be fetched: ${lastError(logFile)}`, command };
}

/** On macOS the program is signed, and a changed one would not start: there the fuses stay as Electron set them. */
const keepsFuses = (/** @type {Setup} */ { platform }) => platform === 'darwin';

/** Lies in the folder that a new Electron replaces. @param {Setup} setup */
const fuseStamp = (setup) => join(setup.root, HOME, 'dist', '.likeness-fuses.json');

/** @param {Setup} setup */
function fuseInputs(setup) {
  return hashOf([electronVersion(setup), JSON.stringify(wantedFuses)]);
}

/** @param {Setup} setup */
function hasFuses(setup) {
  return keepsFuses(setup) || stampHolds(fuseStamp(setup), fuseInputs(setup));
}

/**
 * An Electron whose fuses cannot be set is not started: what SECURITY.md says of it would not be true.
 * @param {Setup} setup
 * @param {string} program
 * @returns {Outcome}
 */
function withFuses(setup, program) {
  if (keepsFuses(setup)) return { state: 'ready', detail: `Electron ${electronVersion(setup)}, with the fuses that it came with` };
  try {
    setFuses(program, wantedFuses);
  } catch (error) {
    const reason = `Electron's fuses could not be set: ${/** @type {Error} */ (error).message}`;
    return { state: 'fallback', detail: 'Likeness opens in the browser', reason, command: 'npm start -- --electron' };
  }
  writeStamp(fuseStamp(setup), fuseInputs(setup));
  return { state: 'ready', detail: `Electron ${electronVersion(setup)}` };
}

/**
 * A download that only needs longer goes on behind the browser host, and the next start finds it.
 * @param {Setup} setup
 * @param {string} logFile
 * @param {import('./progress.mjs').Task} task
 * @returns {Promise<'ended' | 'still going'>}
 */
async function fetchForAWhile(setup, logFile, task) {
  const log = openSync(logFile, 'w');
  const child = spawn(process.execPath, [join(setup.root, HOME, 'install.js')], {
    cwd: setup.root, env: setup.env, detached: true, windowsHide: true, stdio: ['ignore', log, log],
  });
  closeSync(log);
  child.unref();
  let ended = false;
  child.on('exit', () => (ended = true));
  child.on('error', () => (ended = true));
  const until = Date.now() + LIMIT_MS;
  while (!ended && Date.now() < until) {
    task.update({ doing: 'downloading Electron (about 110 MB)' });
    await sleep(LOOK_AGAIN_MS);
  }
  return ended ? 'ended' : 'still going';
}

/** @param {string} logFile */
function lastError(logFile) {
  const lines = readFileSync(logFile, 'utf8').split('\n').filter(Boolean);
  const line = lines.find((text) => /error/i.test(text)) ?? lines.at(-1) ?? 'its installer says nothing';
  return withoutAddresses(line);
}
