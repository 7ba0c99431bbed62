import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import SQLite from 'better-sqlite3';
import { RequestError } from '../../contract/request-error.ts';
import { headFileName } from '../audit/head-file.ts';
import { addWaitingLines } from '../audit/waiting-lines.ts';
import { holdDeskLock, isDeskAlive } from '../desk-lock.ts';
import { migrations } from '../migrate.ts';
import { keyFileName } from '../protection/key-file.ts';
import type { BackupContent } from './read-files.ts';
import { readFiles } from './read-files.ts';
import type { BackupOrder } from './watched.ts';
import { backedUpFolders, databaseName } from './write-backup.ts';

const stagingName = '.restoring';
const replacedName = '.replaced';
/** Stands in the folder from the moment when everything was proved until everything is in its place. */
const journalName = 'restore.journal';
const lockName = 'restore';

/** What a restore puts in the place of what there was; write-ahead log and index belong to the database. */
const restored = [databaseName, `${databaseName}-wal`, `${databaseName}-shm`, keyFileName, headFileName, ...backedUpFolders];

/** A backup that was unpacked beside the store and proved. Nothing else opens the folder until one of both is called. */
export interface StagedRestore {
  files: number;
  /** The store must be closed. From here on it is finished, whatever happens (`finishRestore`). @throws RequestError('conflict') while others are open here. */
  putInPlace(): void;
  drop(): void;
}

/**
 * Puts a backup in the place of a store. All of it is unpacked and proved beside the old store first; then a journal is written, and from
 * there on it is finished, whatever happens (`finishRestore`). Before that the old store is untouched.
 *
 * @throws RequestError
 */
export async function restoreBackup(home: string, order: BackupOrder): Promise<{ files: number }> {
  const staged = await stageRestore(home, order, null);
  staged.putInPlace();
  return { files: staged.files };
}

/** The first half of it, during which the desk that asks may go on. @throws RequestError */
export async function stageRestore(home: string, order: BackupOrder, ownDeskId: string | null): Promise<StagedRestore> {
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const desks = join(home, 'desks');
  mkdirSync(desks, { recursive: true });
  refuseOpenDesks(desks, ownDeskId);
  const lock = holdDeskLock(desks, lockName);
  const staging = join(home, stagingName);
  const drop = (): void => {
    if (!existsSync(join(home, journalName))) rmSync(staging, { recursive: true, force: true });
    lock.release();
  };
  try {
    settleRestore(home);
    mkdirSync(staging, { mode: 0o700 });
    const { files } = await unpack(order, staging);
    proveDatabase(join(staging, databaseName));
    tellRestore(join(staging, databaseName));
    return { files, drop, putInPlace: () => { dropOnError(drop, () => { putInPlace(home); }); } };
  } catch (error) {
    drop();
    if (error instanceof RequestError || order.signal?.aborted === true) throw error;
    throw notRestored(error);
  }
}

function putInPlace(home: string): void {
  refuseOpenDesks(join(home, 'desks'), lockName);
  writeFileSync(join(home, `${journalName}.part`), `${new Date().toISOString()}\n`, { flush: true });
  renameSync(join(home, `${journalName}.part`), join(home, journalName));
  settleRestore(home);
}

/** The lock goes either way; what was unpacked stays where the journal says that it is to be finished. */
function dropOnError(drop: () => void, work: () => void): void {
  try {
    work();
  } catch (error) {
    throw error instanceof RequestError ? error : notRestored(error);
  } finally {
    drop();
  }
}

/** @throws RequestError('conflict') where somebody else works on this folder. */
function refuseOpenDesks(desks: string, but: string | null): void {
  for (const name of readdirSync(desks)) {
    const id = name.slice(0, -'.lock'.length);
    if (name.endsWith('.lock') && id !== but && isDeskAlive(desks, id)) throw new RequestError('conflict', 'Likeness is open on this data folder. Close its windows and terminals, then restore again.');
  }
}

function notRestored(error: unknown): RequestError {
  return new RequestError('storage', `The backup could not be restored (${error instanceof Error ? error.message : String(error)}). What was there before is as it was, unless it says otherwise at the next start. Mend the cause (on a full disk: free some space), then restore again.`);
}

/** What an interrupted restore left: finished where it had been proved, thrown away where not. @throws RequestError('conflict') while one is at work. */
export function finishRestore(home: string): void {
  const hasTraces = [stagingName, replacedName, journalName].some((name) => existsSync(join(home, name)));
  if (!hasTraces) return;
  if (isDeskAlive(join(home, 'desks'), lockName)) throw new RequestError('conflict', 'A backup is being restored into this data folder. Wait until that has ended.');
  settleRestore(home);
}

function settleRestore(home: string): void {
  const [staging, replaced, journal] = [stagingName, replacedName, journalName].map((name) => join(home, name)) as [string, string, string];
  if (existsSync(journal)) {
    mkdirSync(replaced, { recursive: true, mode: 0o700 });
    // Each name once, in an order that any interruption can go on from: what is staged is still to be moved.
    for (const name of restored) {
      const done = readFileSync(journal, 'utf8').split('\n').includes(`done ${name}`);
      if (done) continue;
      const [from, to] = [join(staging, name), join(home, name)];
      // Moved by a process that ended before it could say so: there is nothing staged any more, and the old one has gone.
      const isMoved = !existsSync(from) && existsSync(join(replaced, `${name}.moved`));
      if (!isMoved) {
        if (existsSync(to)) {
          rmSync(join(replaced, name), { recursive: true, force: true });
          renameSync(to, join(replaced, name));
        }
        writeFileSync(join(replaced, `${name}.moved`), '', { flush: true });
      }
      if (existsSync(from)) renameSync(from, to);
      writeFileSync(journal, `done ${name}\n`, { flag: 'a', flush: true });
    }
    rmSync(staging, { recursive: true, force: true });
    rmSync(journal);
  }
  for (const leftover of [staging, replaced, `${journal}.part`]) rmSync(leftover, { recursive: true, force: true });
}

async function unpack(order: BackupOrder, staging: string): Promise<BackupContent> {
  let target: FileHandle | null = null;
  const close = async (): Promise<void> => {
    await target?.sync();
    await target?.close();
    target = null;
  };
  try {
    return await readFiles(order, {
      begin: async (name) => { target = await openInside(staging, name); },
      write: async (bytes) => { await target!.write(bytes); },
      end: close,
    });
  } finally {
    await close();
  }
}

/** Only names that a backup writes: nothing lands outside the folder. */
async function openInside(staging: string, name: string): Promise<FileHandle> {
  const isKnown = [databaseName, keyFileName, headFileName].includes(name) || backedUpFolders.some((folder) => name.startsWith(`${folder}/`));
  if (!isKnown || name.split('/').some((step) => ['', '.', '..'].includes(step)) || /[\\:\0]/.test(name)) throw new RequestError('invalid-input', 'This backup holds a file that no backup of Likeness holds. Nothing was changed.');
  await mkdir(dirname(join(staging, name)), { recursive: true, mode: 0o700 });
  return open(join(staging, name), 'wx', 0o600);
}

/** The store that comes is another one's past: its audit says from where on it goes on, once it can be written. */
function tellRestore(file: string): void {
  const database = new SQLite(file);
  try {
    addWaitingLines(database, [{ action: 'restore', operator: null, details: { at: Date.now() } }]);
  } finally {
    database.close();
  }
}

function proveDatabase(file: string): void {
  if (!existsSync(file)) throw new RequestError('invalid-input', 'This backup holds no database. Nothing was changed.');
  const database = new SQLite(file);
  try {
    if ((database.pragma('user_version', { simple: true }) as number) > migrations.length) throw new RequestError('storage', 'This backup was made by a newer Likeness. Update Likeness, then restore it. Nothing was changed.');
    if (database.pragma('integrity_check', { simple: true }) !== 'ok') throw new RequestError('storage', 'The database in this backup is damaged. Nothing was changed; use another copy.');
  } finally {
    database.close();
  }
}
