import { existsSync, lstatSync, mkdirSync, realpathSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { addonArguments, firstError } from './addon.mjs';
import { runChild } from './child.mjs';
import { hashOf, hashTree, stampHolds, writeStamp } from './fingerprint.mjs';
import { runOwnInstaller } from './own-installer.mjs';
import { findCompiler, installToolsCommand, SETUP_COMMAND } from './programs.mjs';
import { proveBinding } from './proof.mjs';
import { readStep } from './record.mjs';
import { stagingFolder } from './staging.mjs';
import { installedVariant, tensorflowFolder } from './tensorflow.mjs';

/** @typedef {import('./setup.mjs').Setup} Setup */
/** @typedef {import('./setup.mjs').Outcome} Outcome */

const COMPILER_LIMIT_MS = 10 * 60_000;
const WITHOUT = 'the JavaScript and WebAssembly backends compute, much slower';
const PACKAGE = join('node_modules', '@tensorflow', 'tfjs-node-gpu');

/**
 * Node's way into TensorFlow: compiled from the package's own source, proved by a matrix product, then stamped.
 * @type {import('./setup.mjs').Step}
 */
export const bindingStep = {
  name: 'binding',
  title: 'TensorFlow for Node',
  inputs: (setup) => hashOf([
    bindingInputs(setup), installedVariant(setup), findCompiler(setup), String(existsSync(join(setup.root, PACKAGE, 'deps'))),
  ]),
  isReady: isBound,
  run: bind,
};

/** @param {Setup} setup */
function bindingInputs(setup) {
  return hashTree(setup.root, [join(PACKAGE, 'binding'), 'node_modules/node-api-headers/package.json', 'build/prepare/binding.mjs', 'build/prepare/addon.mjs']);
}

/** @param {Setup} setup */
function isBound(setup) {
  const variant = installedVariant(setup);
  if (variant === null) return false;
  const home = tensorflowFolder(setup, variant);
  if (!stampHolds(join(home, 'binding.json'), bindingInputs(setup))) return false;
  return ['deps', 'lib'].every((name) => leadsTo(join(setup.root, PACKAGE, name), join(home, name)));
}

/**
 * @param {string} link
 * @param {string} target
 */
function leadsTo(link, target) {
  return existsSync(link) && existsSync(target) && realpathSync(link) === realpathSync(target);
}

/**
 * @param {Setup} setup
 * @param {import('./progress.mjs').Task} task
 * @returns {Promise<Outcome>}
 */
async function bind(setup, task) {
  const variant = installedVariant(setup);
  const library = readStep(setup, 'tensorflow');
  if (variant === null) return fallBack(setup, { reason: library?.reason ?? 'there is no TensorFlow library', command: library?.command ?? null, task });
  const home = tensorflowFolder(setup, variant);
  if (!stampHolds(join(home, 'binding.json'), bindingInputs(setup))) {
    const reason = await compile(setup, home, task);
    if (reason) return fallBack(setup, { reason, command: installToolsCommand(setup), task });
  }
  for (const name of ['deps', 'lib']) link(setup, { from: join(setup.root, PACKAGE, name), to: join(home, name) });
  task.update({ doing: 'multiplying two matrices' });
  const proof = await proveBinding(setup);
  if ('reason' in proof) {
    for (const name of ['deps', 'lib']) rmSync(join(setup.root, PACKAGE, name), { recursive: true, force: true });
    return fallBack(setup, { reason: `the compiled binding does not work: ${proof.reason}`, command: SETUP_COMMAND, task });
  }
  const product = join('lib', 'napi-v8', 'tfjs_binding.node');
  writeStamp(join(home, 'binding.json'), bindingInputs(setup), [product]);
  const bytes = statSync(join(home, product)).size;
  const blind = variant === 'gpu' && !proof.gpu;
  const detail = `tfjs-node bound to TensorFlow ${proof.tensorflow} (${variant === 'gpu' ? 'GPU' : 'CPU'} library)`;
  if (!blind) return { state: 'ready', detail, bytes };
  return { state: 'fallback', detail: `${detail}; the processor computes`, reason: 'TensorFlow sees no GPU', command: `nvidia-smi && ${SETUP_COMMAND}`, bytes };
}

/**
 * @param {Setup} setup
 * @param {string} home
 * @param {import('./progress.mjs').Task} task
 * @returns {Promise<string | null>} why it did not work
 */
async function compile(setup, home, task) {
  const compiler = findCompiler(setup);
  if (!compiler) return 'no C++ compiler (g++, clang++) is on the PATH';
  const staging = stagingFolder(setup, 'binding');
  const folder = join(staging, 'lib', 'napi-v8');
  mkdirSync(folder, { recursive: true });
  const end = await runChild(compiler, compilerArguments(setup, home, join(folder, 'tfjs_binding.node')), {
    cwd: setup.root,
    env: { ...setup.env, TMPDIR: staging },
    limitMs: COMPILER_LIMIT_MS,
    onTick: () => task.update({ doing: 'compiling the binding' }),
  });
  if (end.code !== 0) return `${compiler} ${end.stopped ?? 'fails'}: ${firstError(end.output)}`;
  rmSync(join(home, 'binding.json'), { force: true });
  rmSync(join(home, 'lib'), { recursive: true, force: true });
  renameSync(dirname(folder), join(home, 'lib'));
  rmSync(staging, { recursive: true, force: true });
  return null;
}

/**
 * @param {Setup} setup
 * @param {string} home
 * @param {string} product
 */
function compilerArguments(setup, home, product) {
  const source = join(setup.root, PACKAGE);
  return [
    '-O2', '-I', source, join(source, 'binding', 'tfjs_backend.cc'), join(source, 'binding', 'tfjs_binding.cc'),
    '-o', product, ...addonArguments(setup, home),
  ];
}

/**
 * Links are made beside the place and moved in, so that a kill leaves the old or the new one.
 * @param {Setup} setup
 * @param {{ from: string, to: string }} ends
 */
function link(setup, { from, to }) {
  if (leadsTo(from, to)) return;
  const staging = stagingFolder(setup, 'link');
  symlinkSync(to, join(staging, 'new'), 'junction');
  // What somebody made by hand, or another version's link, goes.
  if (lstatSync(from, { throwIfNoEntry: false })) renameSync(from, join(staging, 'old'));
  renameSync(join(staging, 'new'), from);
  rmSync(staging, { recursive: true, force: true });
}

/**
 * @param {Setup} setup
 * @param {{ reason: string, command: string | null, task: import('./progress.mjs').Task }} why
 * @returns {Promise<Outcome>}
 */
async function fallBack(setup, { reason, command, task }) {
  task.say(`${reason}; trying the package's own installer`);
  const own = await runOwnInstaller(setup, join(setup.root, PACKAGE), task);
  const change = command === null ? {} : { command };
  if ('reason' in own) return { state: 'fallback', detail: WITHOUT, reason: `${reason}; the package's own installer: ${own.reason}`, ...change };
  return { state: 'fallback', detail: `tfjs-node with the older TensorFlow ${own.tensorflow} of its own installer`, reason, ...change };
}
