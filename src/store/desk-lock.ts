import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { inPlainWords } from './storage-error.ts';

/** The sign of life of one process that works on a data folder. */
export interface DeskLock {
  release(): void;
}

/**
 * Holds an exclusive lock on a file of this desk's own for as long as the process lives. The operating system lets it go
 * at the process's end, however it ends, so a crash can be told from a desk at work; no clock, no process number.
 */
export function holdDeskLock(folder: string, deskId: string): DeskLock {
  const file = lockFile(folder, deskId);
  mkdirSync(folder, { recursive: true });
  const lock = inPlainWords(file, () => {
    const database = new SQLite(file);
    database.exec('BEGIN EXCLUSIVE');
    return database;
  });
  return {
    release: () => {
      lock.close();
      rmSync(file, { force: true });
    },
  };
}

/** Whether the process that held this desk's lock still lives. The lock files of the dead are cleared away. */
export function isDeskAlive(folder: string, deskId: string): boolean {
  const file = lockFile(folder, deskId);
  try {
    const database = new SQLite(file, { timeout: 0, fileMustExist: true });
    try {
      database.exec('BEGIN EXCLUSIVE');
    } finally {
      database.close();
    }
  } catch (error) {
    return error instanceof SQLite.SqliteError && error.code.startsWith('SQLITE_BUSY');
  }
  rmSync(file, { force: true });
  return false;
}

/** A younger lock file may belong to a desk that is only just taking it. */
const youngMs = 60_000;

/** Removes the lock files of desks that ended without a farewell. */
export function clearDeadLocks(folder: string, now: number): void {
  for (const name of readdirSync(folder)) {
    const isOld = now - (statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? now) > youngMs;
    if (isOld && name.endsWith('.lock')) isDeskAlive(folder, name.slice(0, -'.lock'.length));
  }
}

function lockFile(folder: string, deskId: string): string {
  return join(folder, `${deskId}.lock`);
}
