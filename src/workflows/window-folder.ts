import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WindowFolder } from '../contract/wire/window-file.ts';

/** The built window (out/renderer) on this machine's disk, for the doors that show it. */
export function windowFolder(folder: string): WindowFolder {
  return {
    readPage: () => ifThere(readFile(join(folder, 'index.html'), 'utf8')),
    readAsset: async (steps) => {
      const bytes = await ifThere(readFile(join(folder, ...steps)));
      return bytes === null ? null : new Uint8Array(bytes);
    },
    freshNonce: () => randomBytes(16).toString('base64url'),
  };
}

async function ifThere<Content>(reading: Promise<Content>): Promise<Content | null> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EISDIR')) return null;
    throw error;
  }
}
