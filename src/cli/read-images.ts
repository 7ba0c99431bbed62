import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { RequestError } from '../contract/request-error.ts';
import type { Session } from './session.ts';

/** Hands a picture file to the desk, which answers with its opaque id. */
export async function putImage({ ask, cwd }: Session, path: string): Promise<string> {
  const bytes = await readPicture(resolve(cwd, path));
  const { imageId } = await ask('images.put', { fileName: basename(path), bytes });
  return imageId;
}

async function readPicture(path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await readFile(path));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    const why = code === 'ENOENT' ? 'does not exist' : code === 'EISDIR' ? 'is a folder, not a picture' : code === 'EACCES' ? 'may not be read' : null;
    if (why === null) throw error;
    throw new RequestError('bad-image', `${path} ${why}.`);
  }
}
