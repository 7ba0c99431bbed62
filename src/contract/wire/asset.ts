const mimeTypes: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json; charset=utf-8',
  map: 'application/json; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  ico: 'image/x-icon',
  webp: 'image/webp',
  woff2: 'font/woff2',
  wasm: 'application/wasm',
  txt: 'text/plain; charset=utf-8',
};

export type Asset =
  | { isPage: true }
  /** `steps` below the renderer's folder: never empty, never '..'. A hashed file may be kept for ever. */
  | { isPage: false; steps: string[]; mimeType: string; isHashed: boolean };

const page: Asset = { isPage: true };
const plainName = /^[A-Za-z0-9_~-][A-Za-z0-9._~:@ -]*$/;

/**
 * The file of the built window that an address's path means, null where it means none: what lies in assets/ or, with a
 * known extension, at the top is a file; every other path is a place in the window and gets its page. Only plain names
 * pass: no '..', no hidden files, no encoded separators.
 */
export function assetAt(urlPath: string): Asset | null {
  const path = decoded(urlPath);
  if (path === null) return null;
  const steps = path.split('/').filter((step) => step !== '');
  if (!path.startsWith('/') || !steps.every((step) => plainName.test(step))) return null;
  const isHashed = steps[0] === 'assets';
  const mimeType = mimeTypes[path.slice(path.lastIndexOf('.') + 1)];
  if (isHashed) return steps.length > 1 && mimeType !== undefined ? { isPage: false, steps, mimeType, isHashed } : null;
  return steps.length === 1 && mimeType !== undefined ? { isPage: false, steps, mimeType, isHashed } : page;
}

function decoded(urlPath: string): string | null {
  try {
    return decodeURIComponent(urlPath);
  } catch {
    return null;
  }
}
