import { readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { RequestError } from '../contract/request-error.ts';
import type { Handlers } from '../contract/requests.ts';
import type { ShownFiles } from '../contract/requests/desk.ts';
import { inNaturalOrder } from './dataset-scan.ts';

/** Folders, manifests and backups to choose from, for hosts without a file dialogue of their own. */
export function folderHandlers(): Pick<Handlers, 'folders.list'> {
  return {
    'folders.list': async ({ path, files }) => {
      const folder = resolve(path ?? homedir());
      const entries = await entriesOf(folder, files);
      const parent = dirname(folder);
      return { path: folder, parent: parent === folder ? null : parent, entries };
    },
  };
}

type Entry = { name: string; path: string; kind: 'folder' | 'file' };

async function entriesOf(folder: string, files: ShownFiles): Promise<Entry[]> {
  try {
    const found = await readdir(folder, { withFileTypes: true });
    return found
      .filter((entry) => !entry.name.startsWith('.'))
      .filter((entry) => entry.isDirectory() || (entry.isFile() && entry.name.toLowerCase().endsWith(`.${files}`)))
      .map((entry): Entry => ({ name: entry.name, path: join(folder, entry.name), kind: entry.isDirectory() ? 'folder' : 'file' }))
      .sort((one, other) => one.kind === other.kind ? inNaturalOrder(one.name, other.name) : one.kind === 'folder' ? -1 : 1);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new RequestError('not-found', `The folder ${folder} cannot be shown (${reason}).`);
  }
}
