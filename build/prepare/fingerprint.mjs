import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

/** Files above this size are told apart by size and time: reading a 50 MB model at every start would be felt. */
const READ_UP_TO_BYTES = 512 * 1024;

/** @param {ReadonlyArray<string | number | null | undefined>} parts */
export function hashOf(parts) {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/**
 * Fingerprint of files and folders; what is absent counts too, so that its coming changes the hash.
 * @param {string} root
 * @param {string[]} paths  relative to root
 * @param {(path: string) => boolean} [counts]
 */
export function hashTree(root, paths, counts = () => true) {
  const hash = createHash('sha256');
  for (const path of paths) {
    for (const file of filesUnder(join(root, path))) {
      const name = relative(root, file).split(sep).join('/');
      if (!counts(name)) continue;
      const { size, mtimeMs } = statSync(file);
      hash.update(`\0${name}\0${size}\0`);
      hash.update(size <= READ_UP_TO_BYTES ? readFileSync(file) : String(mtimeMs));
    }
  }
  return hash.digest('hex');
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function filesUnder(path) {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) return [];
  if (!found.isDirectory()) return [path];
  return readdirSync(path).sort().flatMap((name) => filesUnder(join(path, name)));
}

/**
 * A stamp is written last: where it stands, its step was finished with these inputs.
 * @param {string} file
 * @param {string} inputs
 * @param {string[]} [holds]  files beside the stamp that must keep their size for it to be believed
 */
export function writeStamp(file, inputs, holds = []) {
  const sizes = Object.fromEntries(holds.map((path) => [path, statSync(join(dirname(file), path)).size]));
  writeFileSync(file, JSON.stringify({ inputs, sizes }, null, 2));
}

/**
 * @param {string} file
 * @param {string} inputs
 */
export function stampHolds(file, inputs) {
  if (!existsSync(file)) return false;
  const stamp = parseStamp(readFileSync(file, 'utf8'));
  if (stamp?.inputs !== inputs) return false;
  return Object.entries(stamp.sizes).every(
    ([path, size]) => statSync(join(dirname(file), path), { throwIfNoEntry: false })?.size === size,
  );
}

/**
 * @param {string} text
 * @returns {{ inputs: string, sizes: Record<string, number> } | null}
 */
function parseStamp(text) {
  try {
    const { inputs, sizes } = JSON.parse(text);
    return typeof inputs === 'string' && sizes && typeof sizes === 'object' ? { inputs, sizes } : null;
  } catch {
    // A stamp cut short by a kill says the same as none.
    return null;
  }
}
