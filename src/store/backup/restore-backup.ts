import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import SQLite from 'better-sqlite3';
import { RequestError } from '../../contract/request-error.ts';
import { headFileName } from '../audit/head-file.ts';
import { holdDeskLock, isDeskAlive } from '../desk-lock.ts';
import { migrations } from '../migrate.ts';
import { keyFileName } from '../protection/key-file.ts';
import { readArchive } from './archive.ts';
import { backedUpFolders, databaseName } from './write-backup.ts';

const stagingName = '.restoring';
const replacedName = '.replaced';
/** Stands in the folder from the moment when everything was proved until everything is in its place. */
const journalName = 'restore.journal';
const lockName = 'restore';

/** What a restore puts in the place of what there was; write-ahead log and index belong to the database. */
const restored = [databaseName, `${databaseName}-wal`, `${databaseName}-shm`, keyFileName, headFileName, ...backedUpFolders];

/**
 * Puts a backup in the place of a store. All of it is unpacked and proved beside the old store first; then a journal is written, and from
 * there on it is finished, whatever happens (`finishRestore`). Before that the old store is untouched.
 *
 * @throws RequestError
 */
export async function restoreBackup(home: string, { file, passphrase }: { file: string; passphrase: string }): Promise<{ files: number }> {
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const desks = join(home, 'desks');
  mkdirSync(desks, { recursive: true });
  for (const name of readdirSync(desks)) {
    if (name.endsWith('.lock') && isDeskAlive(desks, name.slice(0, -'.lock'.length))) throw new RequestError('conflict', 'Likeness is open on this data folder. Close its windows and terminals, then restore again.');
  }
  const lock = holdDeskLock(desks, lockName);
  try {
    settleRestore(home);
    const staging = join(home, stagingName);
    mkdirSync(staging, { mode: 0o700 });
    const files = await unpack(file, passphrase, staging);
    proveDatabase(join(staging, databaseName));
    writeFileSync(join(home, `${journalName}.part`), `${new Date().toISOString()}\n`, { flush: true });
    renameSync(join(home, `${journalName}.part`), join(home, journalName));
    settleRestore(home);
    return { files };
  } catch (error) {
    if (!existsSync(join(home, journalName))) rmSync(join(home, stagingName), { recursive: true, force: true });
    if (error instanceof RequestError) throw error;
    throw new RequestError('storage', `The backup could not be restored (${error instanceof Error ? error.message : String(error)}). What was there before is as it was, unless it says otherwise at the next start.`);
  } finally {
    lock.release();
  }
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

async function unpack(file: string, passphrase: string, staging: string): Promise<number> {
  const source = await open(file, 'r').catch((error: unknown) => {
    throw new RequestError('not-found', `The backup ${file} cannot be opened (${error instanceof Error ? error.message : String(error)}).`);
  });
  let [files, waiting, left]: [number, Buffer, number] = [0, Buffer.alloc(0), 0];
  let target: FileHandle | null = null;
  const close = async (): Promise<void> => {
    await target?.sync();
    await target?.close();
    target = null;
  };
  try {
    for await (const piece of readArchive(source, passphrase)) {
      waiting = Buffer.concat([waiting, piece]);
      for (;;) {
        if (target === null) {
          const end = waiting.indexOf('\n');
          if (end < 0) break;
          const { name, size } = JSON.parse(waiting.subarray(0, end).toString('utf8')) as { name: string; size: number };
          target = await openInside(staging, name);
          [waiting, left, files] = [waiting.subarray(end + 1), size, files + 1];
        }
        const taken = waiting.subarray(0, left);
        await target.write(taken);
        [waiting, left] = [waiting.subarray(taken.length), left - taken.length];
        if (left > 0) break;
        await close();
      }
    }
  } finally {
    await close();
    await source.close();
  }
  if (left > 0) throw new RequestError('invalid-input', 'This backup ends in the middle of a file. Nothing was changed.');
  return files;
}

/** Only names that a backup writes: nothing lands outside the folder. */
async function openInside(staging: string, name: string): Promise<FileHandle> {
  const isKnown = [databaseName, keyFileName, headFileName].includes(name) || backedUpFolders.some((folder) => name.startsWith(`${folder}/`));
  if (!isKnown || name.split('/').some((step) => ['', '.', '..'].includes(step)) || /[\\:\0]/.test(name)) throw new RequestError('invalid-input', 'This backup holds a file that no backup of Likeness holds. Nothing was changed.');
  await mkdir(dirname(join(staging, name)), { recursive: true, mode: 0o700 });
  return open(join(staging, name), 'wx', 0o600);
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
