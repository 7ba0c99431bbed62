import { createReadStream } from 'node:fs';
import { mkdtemp, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { RequestError } from '../../contract/request-error.ts';
import { headFileName } from '../audit/head-file.ts';
import { bringHome } from '../move/bring-home.ts';
import { keyFileName } from '../protection/key-file.ts';
import type { Store } from '../store.ts';
import { createArchive, readArchive } from './archive.ts';
import type { BackupOrder } from './watched.ts';

export interface BackupReport {
  file: string;
  files: number;
  bytes: number;
}

/** What belongs to a store besides its database. What the window caches, logs and exports are not part of it. */
export const backedUpFolders = ['models', 'runs'] as const;
export const databaseName = 'likeness.sqlite';

/**
 * Writes everything into one encrypted file, from a snapshot of the database that others may go on writing to, and reads it back. A gallery
 * on a server goes into it as one in the folder: restored, it is there, and can be moved to any server.
 *
 * @throws RequestError('storage')
 */
export async function writeBackup(home: string, { database, server }: Pick<Store, 'database' | 'server'>, order: BackupOrder): Promise<BackupReport> {
  const { file, passphrase, signal, onProgress } = order;
  const work = await mkdtemp(join(home, '.backup-'));
  const part = `${file}.part`;
  try {
    const snapshot = join(work, databaseName);
    await database.backup(snapshot);
    if (server !== null) await bringHome(snapshot, server);
    const sources = [{ name: databaseName, path: snapshot }, ...(await otherFiles(home))];
    const target = await open(part, 'w+', 0o600);
    let [bytes, proved, written] = [0, 0, 0];
    const total = await sizeOf(sources.map(({ path }) => path));
    // Written, then read back.
    const step = (): void => {
      signal?.throwIfAborted();
      onProgress?.(Math.min(written + proved, 2 * total), 2 * total);
    };
    try {
      const archive = await createArchive(target, passphrase);
      for (const { name, path } of sources) {
        const { size } = await stat(path);
        await archive.write(Buffer.from(`${JSON.stringify({ name, size })}\n`));
        let ofFile = 0;
        for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
          await archive.write(chunk);
          ofFile += chunk.length;
          written += chunk.length;
          step();
        }
        if (ofFile !== size) throw new RequestError('conflict', `${name} changed while it was backed up. Wait until the training has ended, then back up again.`);
        bytes += size;
      }
      await archive.end();
      for await (const piece of readArchive(target, passphrase)) {
        proved += piece.length;
        step();
      }
      if (proved < bytes) throw new RequestError('storage', 'The backup reads back shorter than it was written. Nothing was kept; try another disk.');
    } finally {
      await target.close();
    }
    await rename(part, file);
    return { file, files: sources.length, bytes };
  } catch (error) {
    // Where the place itself is wrong there is nothing to clear away.
    await rm(part, { force: true }).catch(() => undefined);
    if (error instanceof RequestError || signal?.aborted === true) throw error;
    throw new RequestError('storage', `The backup ${file} could not be written (${error instanceof Error ? error.message : String(error)}). Free some space there, or choose another place.`);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function sizeOf(paths: readonly string[]): Promise<number> {
  const sizes = await Promise.all(paths.map(async (path) => (await stat(path)).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function otherFiles(home: string): Promise<{ name: string; path: string }[]> {
  const found: { name: string; path: string }[] = [];
  for (const name of [keyFileName, headFileName]) {
    if (await stat(join(home, name)).catch(() => null)) found.push({ name, path: join(home, name) });
  }
  for (const folder of backedUpFolders) {
    const entries = await readdir(join(home, folder), { recursive: true, withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      if (!entry.isFile() || entry.name.endsWith('.part')) continue;
      const path = join(entry.parentPath, entry.name);
      found.push({ name: relative(home, path).split(sep).join('/'), path });
    }
  }
  return found;
}
