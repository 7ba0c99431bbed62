import { mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { addonArguments, firstError } from './addon.mjs';
import { runChild } from './child.mjs';
import { hashOf, hashTree, stampHolds, writeStamp } from './fingerprint.mjs';
import { findCompiler, installToolsCommand, SETUP_COMMAND } from './programs.mjs';
import { proveOperations } from './proof.mjs';
import { stagingFolder } from './staging.mjs';
import { installedVariant, tensorflowFolder } from './tensorflow.mjs';

/** @typedef {import('./setup.mjs').Setup} Setup */
/** @typedef {import('./setup.mjs').Outcome} Outcome */

const COMPILER_LIMIT_MS = 5 * 60_000;
const SOURCE = join('src', 'engine', 'kernels', 'native');
const PRODUCT = join('lib', 'napi-v8', 'likeness_operations.node');
const STAMP = 'operations.json';
const WITHOUT = 'TensorFlow trains with its own operations, which is slower';

/**
 * Our own operations for TensorFlow (src/engine/kernels/native), with which it trains faster on a processor. Where TensorFlow's
 * library is not there, there is nothing to do.
 * @type {import('./setup.mjs').Step}
 */
export const operationsStep = {
  name: 'operations',
  title: 'Operations for training',
  inputs: (setup) => hashOf([sources(setup), installedVariant(setup), findCompiler(setup)]),
  isReady(setup) {
    const variant = installedVariant(setup);
    return variant === null || stampHolds(join(tensorflowFolder(setup, variant), STAMP), sources(setup));
  },
  run: compile,
};

/** @param {Setup} setup */
const sources = (setup) => hashTree(setup.root, [SOURCE, join('build', 'prepare', 'operations.mjs'), join('build', 'prepare', 'addon.mjs')]);

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
  const home = tensorflowFolder(setup, /** @type {NonNullable<ReturnType<typeof installedVariant>>} */ (installedVariant(setup)));
  const staging = stagingFolder(setup, 'operations');
  const built = join(staging, 'likeness_operations.node');
  const end = await runChild(compiler, [
    '-O3', '-fno-math-errno', '-fno-trapping-math', '-fopenmp-simd', '-I', join(setup.root, SOURCE, 'include'), join(setup.root, SOURCE, 'operations.cc'), '-o', built, ...addonArguments(setup, home),
  ], {
    cwd: setup.root,
    env: { ...setup.env, TMPDIR: staging },
    limitMs: COMPILER_LIMIT_MS,
    onTick: () => task.update({ doing: 'compiling' }),
  });
  if (end.code !== 0) return fallBack(`${compiler} ${end.stopped ?? 'fails'}: ${firstError(end.output)}`, installToolsCommand(setup));
  rmSync(join(home, STAMP), { force: true });
  mkdirSync(join(home, 'lib', 'napi-v8'), { recursive: true });
  renameSync(built, join(home, PRODUCT));
  rmSync(staging, { recursive: true, force: true });
  task.update({ doing: 'normalising two pixels' });
  const wrong = await proveOperations(setup);
  if (wrong) {
    rmSync(join(home, PRODUCT), { force: true });
    return fallBack(`the compiled operations do not work: ${wrong}`, SETUP_COMMAND);
  }
  writeStamp(join(home, STAMP), inputs, [PRODUCT]);
  return { state: 'ready', detail: 'compiled for this machine', bytes: statSync(join(home, PRODUCT)).size };
}

/**
 * @param {string} reason
 * @param {string} command
 * @returns {Outcome}
 */
const fallBack = (reason, command) => ({ state: 'fallback', detail: WITHOUT, reason, command });
