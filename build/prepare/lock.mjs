import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_AGAIN_MS = 250;
/** A lock that cannot be read may be one that is just being written; after this long it is not. */
const UNREADABLE_IS_STALE_AFTER_MS = 10_000;

/**
 * Waits until no other launcher prepares this checkout, then holds the lock until `release`.
 * @param {string} file
 * @param {(owner: number) => void} [onWait]  called again and again while another process holds it
 * @returns {Promise<{ release: () => void }>}
 */
export async function takeLock(file, onWait = () => {}) {
  mkdirSync(dirname(file), { recursive: true });
  const mine = JSON.stringify({ pid: process.pid, startedAt: startOf(process.pid) });
  for (;;) {
    if (tryCreate(file, mine)) return { release: () => releaseLock(file, mine) };
    const held = readText(file);
    if (held === null) continue;
    const owner = ownerOf(held);
    if (isStale(file, owner)) breakLock(file, held);
    else {
      onWait(owner?.pid ?? 0);
      await sleep(LOOK_AGAIN_MS);
    }
  }
}

/**
 * @param {string} file
 * @param {string} text
 */
function tryCreate(file, text) {
  try {
    writeFileSync(file, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/**
 * @param {string} file
 * @param {string} mine
 */
function releaseLock(file, mine) {
  if (readText(file) === mine) rmSync(file, { force: true });
}

/**
 * Moves the stale lock away rather than deleting it: of two processes that do this at once only one finds it, and one
 * that took a fresh lock by mistake puts it back.
 * @param {string} file
 * @param {string} held
 */
function breakLock(file, held) {
  const aside = `${file}.stale-${process.pid}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  if (readText(aside) !== held) linkSync(aside, file);
  rmSync(aside, { force: true });
}

/**
 * @param {string} file
 * @param {{ pid: number, startedAt: string | null } | null} owner
 */
function isStale(file, owner) {
  if (owner === null) {
    const age = Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    return age > UNREADABLE_IS_STALE_AFTER_MS;
  }
  // The start time tells a recycled process number from the process that took the lock.
  return !isAlive(owner.pid) || (owner.startedAt !== null && owner.startedAt !== startOf(owner.pid));
}

/** @param {number} pid */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/**
 * @param {number} pid
 * @returns {string | null} clock ticks since boot, where the system tells
 */
function startOf(pid) {
  const line = readText(`/proc/${pid}/stat`);
  // The name in brackets may itself hold blanks and brackets; field 22 is the 20th after it.
  return line?.slice(line.lastIndexOf(')') + 2).split(' ')[19] ?? null;
}

/**
 * @param {string} held
 * @returns {{ pid: number, startedAt: string | null } | null}
 */
function ownerOf(held) {
  try {
    const { pid, startedAt = null } = JSON.parse(held);
    return Number.isInteger(pid) ? { pid, startedAt } : null;
  } catch {
    return null;
  }
}

/** @param {string} file */
function readText(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ESRCH', 'ENOTDIR'].includes(codeOf(error))) return null;
    throw error;
  }
}

/** @param {unknown} error */
function codeOf(error) {
  return /** @type {NodeJS.ErrnoException} */ (error).code ?? '';
}
