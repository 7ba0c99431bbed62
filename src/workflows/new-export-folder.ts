import { mkdir } from 'node:fs/promises';
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
    const reason = error instanceof Error ? error.message : String(error);
    throw new RequestError('storage', `The folder ${folder} cannot be made (${reason}). Choose another folder to export to.`);
  }
}
