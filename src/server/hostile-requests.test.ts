import { mkdirSync, writeFileSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeBytes, encodeBytes } from '../contract/wire/bytes.ts';
import { largestBodyBytes } from '../contract/wire/ports.ts';
import { fuzzTable, objectionTo } from '../contract/wire/test-support/fuzz-table.ts';
import { hostileIdentifiers, hostileWords } from '../contract/wire/test-support/hostile-values.ts';
import type { HostileGround } from '../workflows/test-support/hostile-ground.ts';
import { openHostileGround } from '../workflows/test-support/hostile-ground.ts';
import type { BrowserHost } from './serve.ts';
import { serveDesk } from './serve.ts';

let ground: HostileGround;
let host: BrowserHost;
let cookie: string;

beforeAll(async () => {
  ground = await openHostileGround();
  const windowFolder = join(ground.laboratory.home, 'window');
  mkdirSync(windowFolder);
  writeFileSync(join(windowFolder, 'index.html'), '<title>Likeness</title>');
  host = await serveDesk({ desk: ground.laboratory.desk, windowFolder, port: 0, reportFault: (fault) => ground.faults.push(fault), onNewAddress: () => undefined });
  const entry = await send('GET', new URL(host.address()).search.replace(/^/, '/'), { cookie: '' });
  cookie = entry.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
});
afterAll(async () => {
  await host.close();
  await ground.leave();
});

interface Reply {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/** As our own window sends it, but for the headers given here; an empty one is left out. */
function send(method: string, path: string, headers: Record<string, string> = {}, body = ''): Promise<Reply> {
  const own = { host: `127.0.0.1:${String(host.port)}`, origin: `http://127.0.0.1:${String(host.port)}`, cookie, 'content-type': 'application/json', ...headers };
  const sent = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== ''));
  return new Promise((resolve, reject) => {
    // Each over a connection of its own: one that is kept may be closed by the host just when the next request takes it.
    const asking = request({ host: '127.0.0.1', port: host.port, method, path, headers: sent, agent: false }, (reply) => {
      let text = '';
      reply.setEncoding('utf8').on('data', (piece: string) => { text += piece; }).on('end', () => { resolve({ status: reply.statusCode ?? 0, headers: reply.headers, text }); });
    });
    asking.on('error', reject).end(body);
  });
}

const ask = (name: string, body = '{}', headers: Record<string, string> = {}): Promise<Reply> => send('POST', `/ask/${encodeURIComponent(name.toWellFormed())}`, headers, body);

/** Refused by the door, as the data that our window reads, and nothing told but a sentence. */
function expectRefusal({ status, text }: Reply, expected: number, what: string): void {
  expect(status, what).toBe(expected);
  expect(objectionTo(JSON.parse(text), ground.secrets), what).toBeNull();
  expect(JSON.parse(text), what).toMatchObject({ ok: false });
}

it('sends its content policy with every answer, refusals too: no inline code, no evaluation, styles by nonce alone', async () => {
  const replies = [
    await send('GET', '/'), await send('GET', '/train'), await send('GET', '/assets/none.js'), await send('GET', '/images/none'), await send('GET', '/', { cookie: '' }),
    await send('GET', '/', { host: 'attacker.example' }), await ask('desk.state'), await ask('desk.state', '{'), await ask('desk.state', '{}', { host: '[' }), await send('DELETE', '/'),
  ];
  expect(replies.map(({ status }) => status)).toEqual([200, 200, 404, 404, 401, 403, 200, 400, 400, 404]);
  for (const { headers, status } of replies) {
    const policy = String(headers['content-security-policy']);
    expect(policy, String(status)).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self'( 'nonce-[\w-]{20,}')?;/);
    expect(policy, String(status)).not.toMatch(/unsafe|https?:|\*/);
    expect(headers['x-content-type-options'], String(status)).toBe('nosniff');
  }
});

describe('what a page of somebody else, or a program of this machine, may send', () => {
  it('is refused for another host, origin or site, without the cookie or with a wrong one', async () => {
    const port = String(host.port);
    for (const name of ['attacker.example', '127.0.0.1', `127.0.0.1.:${port}`, `127.0.0.1.attacker.example:${port}`, `[::1]:${port}`, `0.0.0.0:${port}`, `attacker.example:${port}`]) {
      expectRefusal(await ask('subjects.list', '{}', { host: name }), 403, name);
    }
    for (const name of [`127.0.0.1:${port}.attacker.example`, 'a b', '@', '[']) expectRefusal(await ask('subjects.list', '{}', { host: name }), 400, name);
    for (const origin of ['null', 'https://attacker.example', `http://127.0.0.1:${port}.attacker.example`, `https://127.0.0.1:${port}`, 'http://127.0.0.1:1', `http://localhost:${port}`, 'app://likeness']) {
      expectRefusal(await ask('subjects.list', '{}', { origin }), 403, origin);
    }
    expectRefusal(await ask('subjects.list', '{}', { origin: '' }), 403, 'no origin');
    for (const site of ['cross-site', 'same-site', 'x']) expectRefusal(await ask('subjects.list', '{}', { 'sec-fetch-site': site }), 403, site);
    const name = cookie.split('=')[0] ?? '';
    for (const wrong of ['', `${name}=`, `${name}=x`, `${name}=${'A'.repeat(43)}`, 'likeness=1', `${name}x=${cookie.split('=')[1] ?? ''}`, `__proto__=1; constructor=1`]) {
      expectRefusal(await ask('subjects.list', '{}', { cookie: wrong }), 401, wrong);
    }
  });

  it('is refused for another method, another kind of body, broken JSON, one too deep or too large', async () => {
    for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND']) expectRefusal(await send(method, '/ask/subjects.list'), 404, method);
    for (const kind of ['text/plain', 'multipart/form-data', 'application/x-www-form-urlencoded', 'application/jsonx', '']) expectRefusal(await ask('subjects.list', '{}', { 'content-type': kind }), 415, kind);
    for (const body of ['', '{', '[', '{"a":', 'undefined', '{"$x":1}', '{"$bytes":"?"}', '\ud800', `${'['.repeat(200_000)}`, `${'['.repeat(50_000)}${']'.repeat(50_000)}`, `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`]) {
      expectRefusal(await ask('subjects.list', body), 400, body.slice(0, 40));
    }
    expectRefusal(await ask('subjects.list', ' '.repeat(largestBodyBytes + 1)), 413, 'too large');
    expect((await ask('A'.repeat(20_000), '')).status).toBe(431);
  });

  it('finds no picture, file or stream by an address that leads elsewhere', async () => {
    for (const id of [...hostileWords, ...hostileIdentifiers, ...ground.named.paths].filter((word) => word !== '')) {
      const reply = await send('GET', `/images/${encodeURIComponent(id.toWellFormed())}?size=-1e999`);
      expect([404, 200], id).toContain(reply.status);
      // "." and ".." are taken out of an address before it is looked at: what is left is a place in the window, and its page.
      expect(reply.status === 404 || reply.text === '<title>Likeness</title>', id).toBe(true);
      for (const secret of ground.secrets) expect(reply.text, id).not.toContain(secret);
    }
    for (const path of ['/../outside/canary.txt', '/assets/../../../outside/canary.txt', '/%2e%2e/outside/canary.txt', '/likeness.sqlite', '/store.key', '/..%5cstore.key', '//attacker.example/', '/events/..%2f', '/%00', '/%']) {
      const reply = await send('GET', path);
      expect(reply.status === 404 || reply.text === '<title>Likeness</title>', path).toBe(true);
    }
    for (const path of ['/events', '/images/x', '/', '/assets/a.js']) expect((await send('GET', path, { cookie: '' })).status, path).toBe(401);
    expect((await send('GET', '/events', { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await send('POST', '/events')).status).toBe(404);
  });

  it('is answered in kind, request by request, and leaves no trace where nothing may be', { timeout: 600_000 }, async () => {
    const inAddress = (name: unknown): string => (typeof name === 'string' ? name : String(JSON.stringify(name))).slice(0, 4000);
    const over = async (name: unknown, input: unknown): Promise<unknown> => decodeBytes((await ask(inAddress(name), encodeBytes(input))).text);
    const { asked, answered, complaints } = await fuzzTable({ ...ground, ask: over, runs: 5, isThorough: false, afterEach: ground.stopJobs });
    console.log(`${String(asked)} hostile requests over HTTP, ${String(answered)} of them answered, all others refused in words.`);
    expect(complaints).toEqual([]);
    expect(ground.faults).toEqual([]);
    expect(ground.trespasses()).toEqual([]);
    expect(JSON.parse((await ask('desk.state')).text)).toMatchObject({ ok: true, value: { host: 'browser' } });
  });
});
