import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { runChild } from './child.mjs';
import { hashTree, stampHolds, writeStamp } from './fingerprint.mjs';
import { nodeProgram } from './node-24.mjs';
import { SETUP_COMMAND } from './programs.mjs';
import { stagingFolder, swapIn } from './staging.mjs';

/** @typedef {import('./setup.mjs').Setup} Setup */
/** @typedef {import('./setup.mjs').Outcome} Outcome */

const LIMIT_MS = 10 * 60_000;
const SOURCES = ['src', 'resources', 'electron.vite.config.ts', 'tsconfig.json', 'tsconfig.web.json', 'package.json', 'package-lock.json'];

/**
 * The window's code (out/main, out/preload, out/renderer), made again when a source of it changes.
 * @type {import('./setup.mjs').Step}
 */
export const appStep = {
  name: 'app',
  title: 'the window',
  inputs: appInputs,
  isReady: (setup) => stampHolds(join(setup.root, 'out', 'likeness.json'), appInputs(setup)),
  run: buildApp,
};

/** @param {Setup} setup */
function appInputs(setup) {
  return hashTree(setup.root, SOURCES, (name) => !/\.test\.tsx?$/.test(name));
}

/**
 * @param {Setup} setup
 * @param {import('./progress.mjs').Task} task
 * @returns {Promise<Outcome>}
 */
async function buildApp(setup, task) {
  const failed = /** @param {string} reason @returns {Outcome} */ (reason) =>
    ({ state: 'failed', detail: 'there is no window to show', reason, command: SETUP_COMMAND });
  if (!existsSync(join(setup.root, 'electron.vite.config.ts'))) return failed('electron.vite.config.ts is not there');
  // Taken before the build: a file saved while it runs must lead to another one.
  const inputs = appInputs(setup);
  const staging = stagingFolder(setup, 'app');
  const out = join(staging, 'out');
  const program = join(setup.root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  const end = await runChild(nodeProgram(setup), [program, 'build', '--outDir', out], {
    cwd: setup.root,
    env: setup.env,
    limitMs: LIMIT_MS,
    onTick: () => task.update({ doing: 'building' }),
  });
  if (end.code !== 0) {
    task.say(end.output);
    return failed(`the build ${end.stopped ?? 'fails'}: ${firstError(end.output)}`);
  }
  writeStamp(join(out, 'likeness.json'), inputs, existsSync(join(out, 'renderer/index.html')) ? ['renderer/index.html'] : []);
  swapIn(setup, out, join(setup.root, 'out'));
  rmSync(staging, { recursive: true, force: true });
  return { state: 'ready', detail: 'built into out/' };
}

/**
 * What Vite says first.
 * @param {string} output
 */
export function firstError(output) {
  const lines = stripVTControlCharacters(output).split('\n');
  const heading = lines.findIndex((line) => line.startsWith('error during build'));
  return lines.slice(heading + 1).find((line) => line.trim() && !line.startsWith('Build failed')) ?? 'it does not say why';
}
