import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { RequestError } from '../contract/request-error.ts';
import { answerAppRequest, appScheme } from './app-protocol.ts';

let folder: string;
const askedFor: unknown[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'likeness-main-'));
  await mkdir(join(folder, 'window', 'assets'), { recursive: true });
  await writeFile(join(folder, 'window', 'index.html'), '<meta nonce="LIKENESS-STYLE-NONCE">');
  await writeFile(join(folder, 'window', 'assets', 'a.css'), 'a{}');
  await writeFile(join(folder, 'package.json'), 'secret');
});
afterAll(() => rm(folder, { recursive: true }));

function get(address: string, method = 'GET'): Promise<Response> {
  const image = (id: string, side: number): Promise<{ bytes: Uint8Array; mimeType: string }> => {
    askedFor.push([id, side]);
    if (id !== 'image:1') return Promise.reject(new RequestError('not-found', `There is no picture ${id}.`));
    return Promise.resolve({ bytes: Uint8Array.of(5), mimeType: 'image/webp' });
  };
  return answerAppRequest({ windowFolder: join(folder, 'window'), image }, new Request(address, { method }));
}

it('is an origin of its own, with no rights of file addresses', () => {
  expect(appScheme).toEqual({ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } });
});

it('serves the page with its policy and a fresh nonce, at every place of the window', async () => {
  for (const place of ['app://likeness/', 'app://likeness/gallery/subject-1']) {
    const reply = await get(place);
    const nonce = /'nonce-([\w-]{20,})'/.exec(reply.headers.get('content-security-policy') ?? '')?.[1] ?? 'none';
    expect(await reply.text()).toBe(`<meta nonce="${nonce}">`);
    expect(reply.headers.get('x-content-type-options')).toBe('nosniff');
    expect(reply.headers.get('content-type')).toMatch(/^text\/html/);
  }
});

it('serves files of the window and refuses every path out of it', async () => {
  expect(await (await get('app://likeness/assets/a.css')).text()).toBe('a{}');
  for (const path of ['/assets/..%2f..%2fpackage.json', '/%2e%2e%2fpackage.json', '/..%5cpackage.json', '/assets/b.css', '/package.json', '/assets/%2e%2e/%2e%2e/package.json', '/%00']) {
    const reply = await get(`app://likeness${path}`);
    expect(reply.status, path).toBe(404);
    expect(await reply.text()).not.toBe('secret');
  }
});

it('serves nothing under another name, and takes nothing but questions', async () => {
  expect((await get('app://attacker/')).status).toBe(403);
  expect((await get('app://likeness/', 'POST')).status).toBe(403);
});

it('serves pictures by their opaque id, never to keep', async () => {
  const reply = await get('app://likeness/images/image%3A1?size=96');
  expect(reply.headers.get('content-type')).toBe('image/webp');
  expect(reply.headers.get('cache-control')).toBe('no-store');
  expect([...new Uint8Array(await reply.arrayBuffer())]).toEqual([5]);
  expect(askedFor).toEqual([['image:1', 96]]);
  expect((await get('app://likeness/images/other')).status).toBe(404);
  expect((await get('app://likeness/images/%zz')).status).toBe(404);
  expect((await get('app://likeness/images/image%3A1?size=99999')).status).toBe(200);
  expect(askedFor.at(-1)).toEqual(['image:1', 2048]);
});
