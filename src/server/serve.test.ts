import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Fault } from '../contract/wire/answer.ts';
import { decodeBytes, encodeBytes } from '../contract/wire/bytes.ts';
import { largestBodyBytes } from '../contract/wire/ports.ts';
import type { BrowserHost } from './serve.ts';
import { serveDesk } from './serve.ts';
import type { SmallDesk } from '../contract/wire/test-support/small-desk.ts';
import { smallDesk } from '../contract/wire/test-support/small-desk.ts';

const page = '<!doctype html><meta property="csp-nonce" nonce="LIKENESS-STYLE-NONCE"><script src="/assets/a.js"></script>';
let folder: string;
let desk: SmallDesk;
let host: BrowserHost;
let base: string;
let cookie: string;
const newAddresses: string[] = [];
const faults: Fault[] = [];

const options = (): Parameters<typeof serveDesk>[0] => ({
  desk,
  windowFolder: join(folder, 'window'),
  port: 0,
  reportFault: (fault) => faults.push(fault),
  onNewAddress: (address) => newAddresses.push(address),
});

async function enter(address: string): Promise<string> {
  const reply = await fetch(address, { redirect: 'manual' });
  expect(reply.status).toBe(303);
  expect(reply.headers.get('location')).toBe('/');
  return reply.headers.get('set-cookie') ?? '';
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'likeness-server-'));
  await mkdir(join(folder, 'window', 'assets'), { recursive: true });
  await writeFile(join(folder, 'window', 'index.html'), page);
  await writeFile(join(folder, 'window', 'assets', 'a.js'), 'export {};');
  await writeFile(join(folder, 'secret.txt'), 'secret');
  desk = smallDesk();
  host = await serveDesk(options());
  base = `http://127.0.0.1:${String(host.port)}`;
  const set = await enter(host.address());
  expect(set).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/);
  cookie = set.split(';')[0] ?? '';
});

afterAll(async () => {
  await host.close();
  await rm(folder, { recursive: true });
});

function ask(name: string, body: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${base}/ask/${name}`, { method: 'POST', body, headers: { cookie, origin: base, 'content-type': 'application/json', ...headers } });
}

describe('the way in', () => {
  it('lets a token in once, and names the next address', async () => {
    const address = host.address();
    const before = newAddresses.length;
    await enter(address);
    expect(newAddresses.length).toBe(before + 1);
    expect(newAddresses.at(-1)).not.toBe(address);
    const again = await fetch(address, { redirect: 'manual' });
    expect(again.status).toBe(401);
    expect(await again.text()).toMatch(/^This browser has not been let in\. Open the address/);
  });

  it('does not spend a token on a browser that is in already', async () => {
    const address = host.address();
    const reply = await fetch(address, { redirect: 'manual', headers: { cookie } });
    expect(reply.status).toBe(303);
    expect(host.address()).toBe(address);
  });

  it('comes in from a link on another page without losing the cookie', async () => {
    const reply = await fetch(host.address(), { headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' } });
    expect(reply.status).toBe(200);
    expect(reply.headers.get('set-cookie')).toMatch(/HttpOnly/);
    expect(await reply.text()).toContain('http-equiv="refresh"');
  });

  it('answers 401 without the cookie, whatever is asked', async () => {
    for (const path of ['/', '/train', '/assets/a.js', '/events', '/images/known', '/?key=wrong']) {
      expect((await fetch(base + path)).status, path).toBe(401);
    }
    const reply = await ask('datasets.list', '{}', { cookie: 'likeness-1=x' });
    expect(reply.status).toBe(401);
    expect(await reply.json()).toMatchObject({ ok: false, code: 'not-allowed' });
  });

  it('answers 403 to other hosts, origins and sites', async () => {
    expect(await statusWithHost('attacker.example')).toBe(403);
    expect(await statusWithHost(`127.0.0.1.nip.io:${String(host.port)}`)).toBe(403);
    expect(await statusWithHost(`127.0.0.1:${String(host.port)}`)).toBe(200);
    expect((await ask('datasets.list', '{}', { origin: 'https://attacker.example' })).status).toBe(403);
    expect((await ask('datasets.list', '{}', { origin: 'null' })).status).toBe(403);
    expect((await ask('datasets.list', '{}', { 'sec-fetch-site': 'same-site' })).status).toBe(403);
    expect((await fetch(`${base}/images/known`, { headers: { cookie, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' } })).status).toBe(403);
    const withoutOrigin = await fetch(`${base}/ask/datasets.list`, { method: 'POST', body: '{}', headers: { cookie, 'content-type': 'application/json' } });
    expect(withoutOrigin.status).toBe(403);
  });
});

function statusWithHost(name: string): Promise<number> {
  return statusOf('/', { host: name });
}

/** With headers that fetch would not let through; a body is announced but never sent. */
function statusOf(path: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const method = 'content-length' in headers ? 'POST' : 'GET';
    const asking = request({ host: '127.0.0.1', port: host.port, path, method, headers: { cookie, origin: base, ...headers } }, (reply) => {
      resolve(reply.statusCode ?? 0);
      asking.destroy();
    });
    asking.on('error', reject);
    if (method === 'GET') asking.end();
    else asking.flushHeaders();
  });
}

describe('the window', () => {
  it('is served with a policy that allows nothing foreign, and a fresh nonce each time', async () => {
    const [one, other] = await Promise.all([fetch(`${base}/`, { headers: { cookie } }), fetch(`${base}/train`, { headers: { cookie } })]);
    const policy = one.headers.get('content-security-policy') ?? '';
    const nonce = /'nonce-([\w-]{20,})'/.exec(policy)?.[1] ?? 'none';
    expect(await one.text()).toBe(page.replace('LIKENESS-STYLE-NONCE', nonce));
    expect(await other.text()).not.toContain(nonce);
    expect(policy).toMatch(/^default-src 'none'; script-src 'self'/);
    expect(one.headers.get('x-content-type-options')).toBe('nosniff');
    expect(one.headers.get('permissions-policy')).toMatch(/^camera=\(self\)/);
    expect(one.headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(one.headers.get('cache-control')).toBe('no-store');
  });

  it('has its hashed files cached, and nothing outside its folder', async () => {
    const script = await fetch(`${base}/assets/a.js`, { headers: { cookie } });
    expect(script.headers.get('content-type')).toMatch(/^text\/javascript/);
    expect(script.headers.get('cache-control')).toMatch(/immutable/);
    expect(script.headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
    for (const path of ['/assets/b.js', '/assets/..%2f..%2fsecret.txt', '/%2e%2e%2fsecret.txt', '/secret.txt', '/assets']) {
      const reply = await fetch(base + path, { headers: { cookie } });
      expect(reply.status, path).toBe(404);
      expect(await reply.text(), path).not.toContain('secret\n');
    }
  });
});

describe('a request', () => {
  it('travels with its bytes, and its answer back', async () => {
    const reply = await ask('images.put', encodeBytes({ fileName: 'a.png', bytes: Uint8Array.of(9, 8, 7) }));
    expect(reply.status).toBe(200);
    expect(decodeBytes(await reply.text())).toEqual({ ok: true, value: { imageId: 'img-3-9', width: 1, height: 1, format: 'a.png' } });
  });

  it('is refused as data, and a bug is told to the log alone', async () => {
    expect(await (await ask('datasets.get', '{"datasetId":"x"}')).json()).toEqual({ ok: false, code: 'not-found', message: 'There is no dataset x.' });
    expect(await (await ask('toString', '{}')).json()).toMatchObject({ ok: false, code: 'not-found' });
    const bug = await (await ask('jobs.list', '{}')).text();
    expect(bug).toContain('internal');
    expect(bug).not.toContain('secret');
    expect(faults).toMatchObject([{ request: 'jobs.list' }]);
  });

  it('must be JSON, named so, and of a bearable size', async () => {
    expect((await ask('datasets.list', '{}', { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await ask('datasets.list', '{')).status).toBe(400);
    expect((await ask('datasets.list', '{"$function":1}')).status).toBe(400);
    expect(await statusOf('/ask/images.put', { 'content-type': 'application/json', 'content-length': String(largestBodyBytes + 1) })).toBe(413);
  });
});

it('serves pictures by their id, in the asked size, and never to keep', async () => {
  const reply = await fetch(`${base}/images/known?size=64`, { headers: { cookie } });
  expect(reply.headers.get('content-type')).toBe('image/webp');
  expect(reply.headers.get('cache-control')).toBe('no-store');
  expect([...new Uint8Array(await reply.arrayBuffer())]).toEqual([1, 2, 64]);
  expect((await fetch(`${base}/images/other`, { headers: { cookie } })).status).toBe(404);
  expect((await fetch(`${base}/images/..%2fx`, { headers: { cookie } })).status).toBe(404);
});

it('streams events to the window, and stops listening when it goes', async () => {
  const closing = new AbortController();
  const reply = await fetch(`${base}/events`, { headers: { cookie }, signal: closing.signal });
  expect(reply.headers.get('content-type')).toMatch(/^text\/event-stream/);
  const reader = reply.body!.pipeThrough(new TextDecoderStream()).getReader();
  expect((await reader.read()).value).toBe('retry: 1000\n\n');
  desk.tell({ type: 'engine', state: 'restarting', message: 'line\nbreak' });
  const line = (await reader.read()).value ?? '';
  expect(decodeBytes(/^data: (.*)\n\n$/.exec(line)?.[1] ?? '')).toEqual({ type: 'engine', state: 'restarting', message: 'line\nbreak' });
  closing.abort();
  await expect.poll(() => desk.listeners.size).toBe(0);
});

it('says in one sentence that the port is taken, or the window not built', async () => {
  await expect(serveDesk({ ...options(), port: host.port })).rejects.toThrow(/^Port \d+ is taken, .* --port NUMBER/);
  await expect(serveDesk({ ...options(), windowFolder: folder })).rejects.toThrow(/The window is not built: .* "npm start"/);
});
