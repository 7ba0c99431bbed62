import { dirname } from 'node:path';
import { RequestError } from '../contract/request-error.ts';

/** What SQLite's result codes mean for the person at the desk; `file` is the database. */
const sentences: Record<string, (file: string) => string> = {
  SQLITE_READONLY: (file) =>
    `Likeness may not write to ${dirname(file)}. Give yourself write permission there, or choose another data folder.`,
  SQLITE_CANTOPEN: (file) =>
    `The data folder ${dirname(file)} cannot be opened or written to. Check that it exists and that you may write there, ` +
    'or choose another data folder.',
  SQLITE_PERM: (file) => `Access to ${file} was denied. Check its permissions, or choose another data folder.`,
  SQLITE_FULL: (file) =>
    `The disk that holds ${dirname(file)} is full. Nothing was half written: free some space and try again.`,
  SQLITE_IOERR: (file) =>
    `Reading or writing ${file} failed. Check that its disk is connected and has free space, then try again.`,
  SQLITE_CORRUPT: (file) =>
    `The database ${file} is damaged. Put a backup in its place, or move it away to start with an empty desk.`,
  SQLITE_NOTADB: (file) =>
    `${file} is not a Likeness database, or its first bytes are damaged. Put a backup in its place, or move it away to ` +
    'start with an empty desk.',
  SQLITE_BUSY: (file) =>
    `Another program kept ${file} locked for too long. Close other windows of Likeness that use this folder and try again.`,
  SQLITE_TOOBIG: () => 'This is too large to be kept: one entry may have at most 1,000,000,000 bytes.',
};

/** Runs `work`, turning SQLite's refusals that are not bugs into RequestError('storage'). */
export function inPlainWords<Value>(file: string, work: () => Value): Value {
  try {
    return work();
  } catch (error) {
    throw storageError(error, file) ?? error;
  }
}

function storageError(error: unknown, file: string): RequestError | null {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  // Extended codes go on where the primary code ends: SQLITE_IOERR_WRITE, SQLITE_READONLY_DBMOVED.
  const primary = Object.keys(sentences).find((known) => code === known || code.startsWith(`${known}_`));
  const sentence = primary === undefined ? undefined : sentences[primary];
  return sentence === undefined ? null : new RequestError('storage', `${sentence(file)} (${code})`);
}
