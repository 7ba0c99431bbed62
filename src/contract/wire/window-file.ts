import { assetAt } from './asset.ts';
import { contentPolicy, styleNoncePlaceholder } from './content-policy.ts';

export interface WindowFile {
  body: Uint8Array<ArrayBuffer> | string;
  headers: Record<string, string>;
}

/** The folder of the built window (out/renderer); null where a file is not there. */
export interface WindowFolder {
  readPage(): Promise<string | null>;
  readAsset(steps: string[]): Promise<Uint8Array<ArrayBuffer> | null>;
  /** At least 128 random bits, as text that fits into a header. */
  freshNonce(): string;
}

/** The answer to an address of the window; null where nothing lies there. The page gets a fresh nonce each time. */
export async function windowFile(folder: WindowFolder, urlPath: string): Promise<WindowFile | null> {
  const asset = assetAt(urlPath);
  if (asset === null) return null;
  if (asset.isPage) return page(await folder.readPage(), folder.freshNonce());
  const body = await folder.readAsset(asset.steps);
  const caching = asset.isHashed ? 'private, max-age=31536000, immutable' : 'no-store';
  return body === null ? null : { body, headers: { 'Content-Type': asset.mimeType, 'Cache-Control': caching } };
}

function page(text: string | null, nonce: string): WindowFile | null {
  if (text === null) return null;
  return {
    body: text.replaceAll(styleNoncePlaceholder, nonce),
    headers: { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store', 'Content-Security-Policy': contentPolicy(nonce) },
  };
}
