import { closeSync, existsSync, fstatSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { RequestError } from '../../contract/request-error.ts';
import { base64, fromBase64 } from './key-slots.ts';

/** Name of the file beside the data that opens a store without a passphrase. */
export const keyFileName = 'store.key';

/** The keys in the file: one, or two where a rotation was interrupted. None when there is no such file. */
export function readKeyFile(file: string): Uint8Array[] {
  if (!existsSync(file)) return [];
  try {
    const { keys } = JSON.parse(readFileSync(file, 'utf8')) as { keys: string[] };
    return keys.map(fromBase64);
  } catch (error) {
    throw new RequestError('storage', `The key file ${file} cannot be read (${String(error)}). Put a backup of it in its place, or restore a backup of the store (likeness restore FILE).`);
  }
}

/** Whole or not at all, its owner's alone, and on the disk before anything is sealed with it. */
export function writeKeyFile(file: string, keys: readonly Uint8Array[]): void {
  const part = `${file}.part`;
  const text = JSON.stringify({ about: 'Opens the Likeness store beside it. "likeness protect init" replaces it by a passphrase.', keys: keys.map(base64) });
  try {
    writeDurably(part, Buffer.from(`${text}\n`));
    // The former content is overwritten after its successor has its name: at no moment is there no key.
    const former = existsSync(file) ? openSync(file, 'r+') : null;
    renameSync(part, file);
    if (former !== null) overwrite(former);
    syncFolder(dirname(file));
  } catch (error) {
    rmSync(part, { force: true });
    throw new RequestError('storage', `The key file ${file} could not be written (${error instanceof Error ? error.message : String(error)}). Give yourself write permission there, or free some space.`);
  }
}

/** Overwritten, then removed. What a disk keeps aside of its own accord (snapshots, wear levelling) is beyond a program. */
export function destroyKeyFile(file: string): void {
  for (const name of [file, `${file}.part`].filter((one) => existsSync(one))) {
    overwrite(openSync(name, 'r+'));
    rmSync(name, { force: true });
  }
  syncFolder(dirname(file));
}

function writeDurably(file: string, bytes: Uint8Array): void {
  const opened = openSync(file, 'w', 0o600);
  try {
    writeSync(opened, bytes);
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}

function overwrite(opened: number): void {
  try {
    writeSync(opened, new Uint8Array(fstatSync(opened).size), 0, null, 0);
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}

/** A new name is on the disk only once its folder is; Windows keeps folders in order by itself. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const opened = openSync(folder, 'r');
  try {
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}
