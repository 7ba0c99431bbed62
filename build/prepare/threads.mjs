import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { firstError } from './app.mjs';
import { runChild } from './child.mjs';
import { hashTree, stampHolds, writeStamp } from './fingerprint.mjs';
import { nodeProgram } from './node-24.mjs';
import { SETUP_COMMAND } from './programs.mjs';
import { stagingFolder, swapIn } from './staging.mjs';

/** @typedef {import('./setup.mjs').Setup} Setup */
/** @typedef {import('./setup.mjs').Outcome} Outcome */

const LIMIT_MS = 60_000;
const WORKER = join('src', 'workflows', 'scoring-worker.ts');
/** All that the workflows may import (docs/architecture.md): no more is read at every start. */
const SOURCES = [...['charts', 'contract', 'evaluation', 'store', 'workflows'].map((room) => join('src', room)), join('build', 'prepare', 'threads.mjs')];
const PRODUCT = 'scoring-worker.js';
const STAMP = 'threads.json';

/**
 * The thread that scores, as JavaScript, for the doors that run from source (the command line, the browser host, the tests). Node would
 * strip its types with WebAssembly, and WebAssembly in several threads of one process can end it (docs/decisions/0014).
 * @type {import('./setup.mjs').Step}
 */
export const threadsStep = {
  name: 'threads',
  title: 'the thread that scores',
  inputs: sources,
  isReady: (setup) => stampHolds(join(home(setup), STAMP), sources(setup)),
  run: bundle,
};

/** @param {Setup} setup */
const home = (setup) => join(setup.cache, 'threads');

/** @param {Setup} setup */
function sources(setup) {
  return hashTree(setup.root, SOURCES, (name) => /\.(ts|mjs)$/.test(name) && !/\.test\.ts$/.test(name));
}

/**
 * @param {Setup} setup
 * @param {import('./progress.mjs').Task} task
 * @returns {Promise<Outcome>}
 */
async function bundle(setup, task) {
  // Of what is bundled now, not of what somebody makes of it meanwhile.
  const inputs = sources(setup);
  const staging = stagingFolder(setup, 'threads');
  const finished = join(staging, 'threads');
  const program = join(setup.root, 'node_modules', 'vite', 'bin', 'vite.js');
  // Packages stay in node_modules.
  const end = await runChild(nodeProgram(setup), [program, 'build', '--ssr', WORKER, '--outDir', finished, '--target', 'node24', '--logLevel', 'error'], {
    cwd: setup.root,
    env: setup.env,
    limitMs: LIMIT_MS,
    onTick: () => task.update({ doing: 'bundling' }),
  });
  if (end.code !== 0) {
    return { state: 'failed', detail: 'nothing can be evaluated', reason: `the bundle ${end.stopped ?? 'fails'}: ${firstError(end.output)}`, command: SETUP_COMMAND };
  }
  writeStamp(join(finished, STAMP), inputs, [PRODUCT]);
  swapIn(setup, finished, home(setup));
  rmSync(staging, { recursive: true, force: true });
  return { state: 'ready', detail: 'built into .cache/threads/' };
}
