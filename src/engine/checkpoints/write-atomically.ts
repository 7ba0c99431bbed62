import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { RequestError } from '../../contract/request-error.ts';

/** Writes a file so that its name holds either the old content or the new, whole, whatever happens meanwhile. */
export async function writeAtomically(path: string, content: Uint8Array | string): Promise<void> {
  const temporary = `${path}.${process.pid}.part`;
  try {
    const file = await open(temporary, 'w');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await rm(temporary, { force: true });
    throw new RequestError('storage', `${path} could not be written: ${(error as Error).message}. Check the free space and the rights of the folder.`);
  }
}

/** The rename itself is on disk only after its folder is. Windows has no such call and needs none. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
