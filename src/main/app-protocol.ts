import type { CustomScheme } from 'electron';
import { RequestError } from '../contract/request-error.ts';
import { contentPolicy, guardHeaders } from '../contract/wire/content-policy.ts';
import type { Seat } from '../contract/wire/desk.ts';
import { imageSide } from '../contract/wire/ports.ts';
import { windowFile } from '../contract/wire/window-file.ts';
import { windowFolder } from '../workflows/window-folder.ts';
import { isOwnAddress } from './security.ts';

/** To be registered before the app is ready: an origin of its own, with the rights of https and none of file:. */
export const appScheme: CustomScheme = {
  scheme: 'app',
  privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
};

export interface AppProtocolOptions {
  /** Folder of the built window (out/renderer). */
  windowFolder: string;
  image: Seat['image'];
}

/** Answers app://likeness/...: the built window, and pictures by their opaque id. */
export async function answerAppRequest(options: AppProtocolOptions, request: Request): Promise<Response> {
  if (request.method !== 'GET' || !isOwnAddress(request.url)) return sentence(403, 'Likeness answers only its own window.');
  const { pathname, searchParams } = new URL(request.url);
  if (pathname.startsWith('/images/')) {
    return image(options, pathname.slice('/images/'.length), imageSide(searchParams.get('size')));
  }
  const file = await windowFile(windowFolder(options.windowFolder), pathname);
  return file === null ? sentence(404, 'There is no such file in the window of Likeness.') : guarded(file.body, 200, file.headers);
}

async function image({ image: render }: AppProtocolOptions, encodedId: string, side: number): Promise<Response> {
  try {
    const { bytes, mimeType } = await render(decodeURIComponent(encodedId), side);
    // Faces must not stay in the window's cache after they are deleted here.
    return guarded(new Uint8Array(bytes), 200, { 'Content-Type': mimeType, 'Cache-Control': 'no-store' });
  } catch (error) {
    if (error instanceof RequestError || error instanceof URIError) return sentence(404, error.message);
    throw error;
  }
}

function sentence(status: number, message: string): Response {
  return guarded(`${message}\n`, status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' });
}

function guarded(body: Uint8Array<ArrayBuffer> | string, status: number, headers: Record<string, string>): Response {
  return new Response(body, { status, headers: { 'Content-Security-Policy': contentPolicy(null), ...guardHeaders, ...headers } });
}
