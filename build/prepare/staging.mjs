import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** @typedef {import('./setup.mjs').Setup} Setup */

/**
 * A folder to work in, on the same disk as the result so that the last move is one rename.
 * @param {Setup} setup
 * @param {string} name
 */
export function stagingFolder(setup, name) {
  const parent = join(setup.cache, 'staging');
  mkdirSync(parent, { recursive: true });
  return mkdtempSync(join(parent, `${name}-`));
}

/**
 * Removes what a killed set-up left. Only for the holder of the lock: all staging folders are then nobody's.
 * @param {Setup} setup
 */
export function sweepStaging(setup) {
  const parent = join(setup.cache, 'staging');
  if (!existsSync(parent)) return;
  for (const name of readdirSync(parent)) rmSync(join(parent, name), { recursive: true, force: true });
}

/**
 * Puts a finished folder in its place. A kill between the two renames leaves nothing in place, never a mixture; the step
 * then finds no stamp and runs again.
 * @param {Setup} setup
 * @param {string} finished
 * @param {string} place
 */
export function swapIn(setup, finished, place) {
  const old = join(stagingFolder(setup, 'old'), 'old');
  mkdirSync(dirname(place), { recursive: true });
  if (existsSync(place)) renameSync(place, old);
  renameSync(finished, place);
  rmSync(dirname(old), { recursive: true, force: true });
}
