import { open, rename, rm } from 'node:fs/promises';
import { RequestError } from '../contract/request-error.ts';

/** Ending of the name under which a file lies until it is whole. */
export const partEnding = '.part';

/**
 * Writes a file that is whole or not there, and its owner's alone, since much of what Likeness writes is about people.
 *
 * @throws RequestError('storage')
 */
export async function writeWholeFile(file: string, content: string | Uint8Array): Promise<void> {
  const part = `${file}${partEnding}`;
  try {
    const opened = await open(part, 'w', 0o600);
    try {
      await opened.writeFile(content);
      await opened.sync();
    } finally {
      await opened.close();
    }
    await rename(part, file);
  } catch (error) {
    // Where the place itself is wrong (a name too long) there is nothing to clear away.
    await rm(part, { force: true }).catch(() => undefined);
    throw new RequestError('storage', `${file} could not be written: ${error instanceof Error ? error.message : String(error)}. Free some space there, or choose another place.`);
  }
}
