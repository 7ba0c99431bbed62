import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { runChild } from './child.mjs';
import { withoutAddresses } from './programs.mjs';
import { inMegabytes } from './progress.mjs';
import { stagingFolder } from './staging.mjs';

/** @typedef {import('./setup.mjs').Setup} Setup */
/** @typedef {import('./wheels.mjs').WheelPin} WheelPin */
/** @typedef {{ wheel: string } | { reason: string, offline: boolean }} Download */

const ATTEMPTS = 3;
/** Without a single byte or line for this long there is no network worth waiting for. */
const NO_ANSWER_MS = 15_000;
/** Once pip has said what it downloads, the index is there; a slow mirror may still have to fetch the file itself. */
const ANSWERED_MS = 60_000;

/** @param {Setup} setup */
export const wheelFolder = (setup) => join(setup.cache, 'wheels');

/**
 * Gets one wheel, whole and with the right hash, or says why not. A wheel that an earlier, broken set-up had got is used.
 * @param {Setup} setup
 * @param {{ python: string, pin: WheelPin, task: import('./progress.mjs').Task }} job
 * @returns {Promise<Download>}
 */
export async function downloadWheel(setup, { python, pin, task }) {
  const kept = join(wheelFolder(setup), `${pin.project}-${pin.version}-${pin.sha256.slice(0, 16)}.whl`);
  if (existsSync(kept) && (await flawOf(kept, pin)) === null) return { wheel: kept };
  rmSync(kept, { force: true });
  let reason = '';
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const staging = stagingFolder(setup, 'download');
    try {
      const result = await askPip(setup, { python, pin, task, staging });
      if ('file' in result) {
        mkdirSync(wheelFolder(setup), { recursive: true });
        renameSync(result.file, kept);
        return { wheel: kept };
      }
      reason = result.reason;
      // Where not one byte came, asking again would only make the start wait.
      if (!result.bytesCame) return { reason, offline: true };
      task.say(`${reason}${attempt < ATTEMPTS ? `; trying again (${attempt + 1} of ${ATTEMPTS})` : ''}`);
    } finally {
      rmSync(staging, { recursive: true, force: true });
    }
  }
  return { reason: `${reason}, ${ATTEMPTS} times`, offline: false };
}

/**
 * @param {Setup} setup
 * @param {{ python: string, pin: WheelPin, task: import('./progress.mjs').Task, staging: string }} job
 * @returns {Promise<{ file: string } | { reason: string, bytesCame: boolean }>}
 */
async function askPip(setup, { python, pin, task, staging }) {
  const temporary = join(staging, 'tmp');
  const folder = join(staging, 'wheel');
  mkdirSync(temporary);
  mkdirSync(folder);
  writeFileSync(join(staging, 'requirements.txt'), `${pin.project}==${pin.version} --hash=sha256:${pin.sha256}\n`);
  const arrived = () => Math.max(0, ...wheelsBelow(staging).map((file) => statSync(file, { throwIfNoEntry: false })?.size ?? 0));
  let mostBytes = 0;
  let answered = false;
  const end = await runChild(python, pipArguments(pin, staging), {
    cwd: staging,
    // pip writes what arrives below TMPDIR: there it can be watched, and is swept away after a kill.
    env: { ...setup.env, TMPDIR: temporary, TEMP: temporary, TMP: temporary, PYTHONUNBUFFERED: '1' },
    activity: () => (mostBytes = Math.max(mostBytes, arrived())),
    stallMs: () => (answered || mostBytes > 0 ? ANSWERED_MS : NO_ANSWER_MS),
    onLine: (line) => (answered ||= /^\s*Downloading /.test(line)),
    onTick: () => task.update({ doing: `downloading ${pin.project} ${pin.version}`, done: mostBytes, total: pin.bytes, unit: 'bytes' }),
  });
  const bytesCame = mostBytes > 0;
  if (end.stopped) return { bytesCame, reason: `${pin.project} ${pin.version}: the download ${end.stopped} after ${inMegabytes(mostBytes)}` };
  const file = wheelsBelow(folder)[0];
  if (end.code !== 0 || !file) return { bytesCame, reason: `pip could not get ${pin.project} ${pin.version}: ${pipReason(end.output)}` };
  const flaw = await flawOf(file, pin);
  return flaw === null ? { file } : { bytesCame: true, reason: `${pin.project} ${pin.version}: ${flaw}` };
}

/**
 * @param {WheelPin} pin
 * @param {string} staging
 */
function pipArguments(pin, staging) {
  return [
    '-m', 'pip', 'download', '--no-deps', '--only-binary=:all:', '--no-cache-dir', '--disable-pip-version-check', '--no-input',
    '--progress-bar', 'off', '--retries', '1', '--require-hashes',
    '--python-version', '3.12', '--implementation', 'cp', '--abi', 'cp312',
    ...pin.platforms.flatMap((platform) => ['--platform', platform]),
    '--dest', join(staging, 'wheel'), '-r', join(staging, 'requirements.txt'),
  ];
}

/**
 * @param {string} wheel
 * @param {WheelPin} pin
 * @returns {Promise<string | null>} what is wrong with it
 */
export async function flawOf(wheel, pin) {
  const { size } = statSync(wheel);
  if (size !== pin.bytes) return `the download is incomplete: ${inMegabytes(size)} of ${inMegabytes(pin.bytes)}`;
  const hash = createHash('sha256');
  await pipeline(createReadStream(wheel, { highWaterMark: 1 << 20 }), hash);
  const found = hash.digest('hex');
  return found === pin.sha256 ? null : `the download has the wrong hash: sha256 ${found}, not ${pin.sha256}`;
}

/**
 * @param {string} folder
 * @returns {string[]} files ending in .whl, also those that pip is still writing
 */
function wheelsBelow(folder) {
  if (!existsSync(folder)) return [];
  const found = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return found.filter((name) => name.endsWith('.whl')).map((name) => join(folder, name));
}

/**
 * pip's last complaint.
 * @param {string} output
 */
export function pipReason(output) {
  if (/NewConnectionError|ConnectTimeout|ProxyError|name resolution|Network is unreachable/.test(output)) return 'the package index does not answer (is there a network?)';
  const lines = output.split('\n').filter((line) => /error|no module named|no matching|not found|refused|hash/i.test(line));
  const line = lines.findLast((text) => !/^\s*(Got|Expected)/.test(text)) ?? output.split('\n').at(-1) ?? '';
  return withoutAddresses(line) || 'it said nothing';
}
