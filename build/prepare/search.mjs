import { mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { firstError } from './addon.mjs';
import { runChild } from './child.mjs';
import { hashOf, hashTree, stampHolds, writeStamp } from './fingerprint.mjs';
import { findCompiler, installToolsCommand, SETUP_COMMAND } from './programs.mjs';
import { proveSearch } from './proof.mjs';
import { stagingFolder } from './staging.mjs';

/** @typedef {import('./setup.mjs').Setup} Setup */
/** @typedef {import('./setup.mjs').Outcome} Outcome */

const COMPILER_LIMIT_MS = 5 * 60_000;
const SOURCE = join('src', 'engine', 'search', 'native');
/** Of the operations for training it takes the threads. */
const THREADS = join('src', 'engine', 'kernels', 'native', 'parallel.h');
const PRODUCT = 'likeness_search.node';
const STAMP = 'search.json';

/**
 * The search in a gallery (src/engine/search/native), for this machine's processor. It needs nothing of TensorFlow's.
 * @type {import('./setup.mjs').Step}
 */
export const searchStep = {
  name: 'search',
  title: 'Search in galleries',
  inputs: (setup) => hashOf([sources(setup), findCompiler(setup)]),
  isReady: (setup) => stampHolds(join(home(setup), STAMP), sources(setup)),
  run: compile,
};

/** @param {Setup} setup */
const home = (setup) => join(setup.cache, 'search');

/** @param {Setup} setup */
const sources = (setup) => hashTree(setup.root, [SOURCE, THREADS, join('build', 'prepare', 'search.mjs')]);

/**
 * @param {Setup} setup
 * @param {import('./progress.mjs').Task} task
 * @returns {Promise<Outcome>}
 */
async function compile(setup, task) {
  // Of what is compiled now, not of what somebody makes of it meanwhile.
  const inputs = sources(setup);
  const compiler = findCompiler(setup);
  if (!compiler) return fallBack('no C++ compiler (g++, clang++) is on the PATH', installToolsCommand(setup));
  const staging = stagingFolder(setup, 'search');
  const built = join(staging, PRODUCT);
  const end = await runChild(compiler, [
    '-O3', '-fno-math-errno', '-fno-trapping-math', '-ffp-contract=off', '-shared', '-fPIC', '-pthread', '-std=c++17', '-DNAPI_VERSION=8',
    // A Node addon finds Node's own symbols when it is loaded; macOS wants to be told.
    ...(setup.platform === 'darwin' ? ['-undefined', 'dynamic_lookup'] : []),
    '-I', join(setup.root, 'node_modules/node-api-headers/include'), join(setup.root, SOURCE, 'search.cc'), '-o', built,
  ], {
    cwd: setup.root,
    env: { ...setup.env, TMPDIR: staging },
    limitMs: COMPILER_LIMIT_MS,
    onTick: () => task.update({ doing: 'compiling' }),
  });
  if (end.code !== 0) return fallBack(`${compiler} ${end.stopped ?? 'fails'}: ${firstError(end.output)}`, installToolsCommand(setup));
  task.update({ doing: 'searching three templates' });
  const wrong = await proveSearch(setup, built);
  if (wrong) return fallBack(`the compiled search does not work: ${wrong}`, SETUP_COMMAND);
  rmSync(join(home(setup), STAMP), { force: true });
  mkdirSync(home(setup), { recursive: true });
  renameSync(built, join(home(setup), PRODUCT));
  rmSync(staging, { recursive: true, force: true });
  writeStamp(join(home(setup), STAMP), inputs, [PRODUCT]);
  return { state: 'ready', detail: 'compiled for this machine', bytes: statSync(join(home(setup), PRODUCT)).size };
}

/**
 * @param {string} reason
 * @param {string} command
 * @returns {Outcome}
 */
const fallBack = (reason, command) => ({ state: 'fallback', detail: 'galleries are searched in plain JavaScript, which is slower', reason, command });
