import { createReadStream, fstatSync, openSync } from 'node:fs';
import { stat } from 'node:fs/promises';

/** What SQLite keeps locks on: a database, and the index of its write-ahead log. */
const mayBeLocked = /\.sqlite(-shm)?$/;

/** Descriptors by device and inode; none is ever closed. */
const keptOpen = new Map<string, number>();

/**
 * Reads a file of the data folder from its beginning to its end, and leaves this process its locks on it. On POSIX whoever closes any descriptor of a
 * file loses every lock that the process has on it (sqlite.org/howtocorrupt.html, 2.2): another process would then take the database for one that
 * nobody has open, remove its log, and what is written afterwards damages it. So a descriptor of such a file is used again, and stays open as long as
 * the process lives.
 */
export async function* readBesideLocks(path: string, chunkBytes: number): AsyncGenerator<Buffer> {
  const { size, dev, ino } = await stat(path, { bigint: true });
  // There is nothing to read. The lock file of a desk is one of these, and must not be closed either.
  if (size === 0n) return;
  // Windows keeps locks by handle, and does not let a file go that somebody has open.
  const isKept = mayBeLocked.test(path) && process.platform !== 'win32';
  const descriptor = isKept ? { fd: keptOpen.get(`${dev}:${ino}`) ?? keepOpen(path), autoClose: false } : {};
  yield* createReadStream(path, { start: 0, highWaterMark: chunkBytes, ...descriptor }) as AsyncIterable<Buffer>;
}

function keepOpen(path: string): number {
  const fd = openSync(path, 'r');
  const { dev, ino } = fstatSync(fd, { bigint: true });
  keptOpen.set(`${dev}:${ino}`, fd);
  return fd;
}
