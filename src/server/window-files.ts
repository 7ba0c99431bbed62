import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from 'hono';
import type { WindowFolder } from '../contract/wire/window-file.ts';
import { windowFile } from '../contract/wire/window-file.ts';
import { refuse } from './guard.ts';

/** Answers with a file of the built window. */
export async function serveWindow(context: Context, folder: string): Promise<Response> {
  const file = await windowFile(windowFolder(folder), new URL(context.req.url).pathname);
  if (file === null) return refuse(context, 404, 'There is no such file in the window of Likeness.');
  return context.body(file.body, 200, file.headers);
}

function windowFolder(folder: string): WindowFolder {
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
