import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { RequestError } from '../contract/request-error.ts';

/**
 * Makes a folder below `parent` that says what is in it and when it was made.
 *
 * @throws RequestError('storage') when it cannot be made.
 */
export async function newExportFolder(parent: string, { words, id }: { words: string; id: string }): Promise<string> {
  const name = words.normalize('NFKD').replace(/[^\w]+/g, '-').slice(0, 60);
  const moment = new Date().toISOString().slice(0, 19).replaceAll(':', '-');
  const folder = join(parent, `${name}-${moment}-${id.slice(-6)}`.toLowerCase());
  try {
    await mkdir(folder, { recursive: true });
    return folder;
  } catch (error) {
    throw new RequestError('storage', `The folder ${folder} cannot be made (${reasonOf(error)}). Free some space there, or choose another folder to export to.`);
  }
}

/**
 * Fills a folder that was made for it: whole, or gone again.
 *
 * @throws RequestError('storage') when the disk takes no more; what else `fill` throws is passed on.
 */
export async function fillExportFolder<Filled>(folder: string, fill: () => Promise<Filled>): Promise<Filled> {
  try {
    return await fill();
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    // Only what the file system refuses has a call of it in the error.
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    throw new RequestError('storage', `The export into ${folder} could not be written (${error.message}). Nothing of it was kept: free some space there, or choose another folder to export to.`);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
