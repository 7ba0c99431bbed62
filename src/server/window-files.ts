import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from 'hono';
import { assetAt } from '../contract/wire/asset.ts';
import { contentPolicy, styleNoncePlaceholder } from '../contract/wire/content-policy.ts';
import { refuse } from './guard.ts';

/** A file of the built window; the page itself with a fresh nonce for its styles. */
export async function serveWindow(context: Context, folder: string): Promise<Response> {
  const asset = assetAt(new URL(context.req.url).pathname);
  const bytes = asset === null ? null : await readIfThere(join(folder, ...asset.steps));
  if (asset === null || bytes === null) return refuse(context, 404, 'There is no such file in the window of Likeness.');
  context.header('Content-Type', asset.mimeType);
  context.header('Cache-Control', asset.isHashed ? 'private, max-age=31536000, immutable' : 'no-store');
  if (!asset.mimeType.startsWith('text/html')) return context.body(bytes);
  const nonce = randomBytes(16).toString('base64url');
  context.header('Content-Security-Policy', contentPolicy(nonce));
  return context.body(new TextDecoder().decode(bytes).replaceAll(styleNoncePlaceholder, nonce));
}

async function readIfThere(path: string): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return new Uint8Array(await readFile(path));
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EISDIR')) return null;
    throw error;
  }
}
