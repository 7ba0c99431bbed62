import dgram from 'node:dgram';
import dns from 'node:dns';
import { appendFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import { relative, resolve } from 'node:path';
import { isMainThread } from 'node:worker_threads';
import type { Watched } from './watched.ts';
import { watchedFile } from './watched.ts';

// Loaded before a program of a test (NODE_OPTIONS=--import), and by that before all its threads and every Node that it starts: whomever they call,
// and every name that they look up, is written down before it happens. A Node that was started otherwise does nothing of the kind.
const file = process.env[watchedFile];
if (file !== undefined) watch(file);

type Anything = (this: unknown, ...given: unknown[]) => unknown;

function watch(into: string): void {
  const program = relative(resolve(import.meta.dirname, '../../..'), process.argv[1] ?? 'no file');
  const note = (watched: Omit<Watched, 'program'>): void => { appendFileSync(into, `${JSON.stringify({ program, ...watched })}\n`); };
  note({ kind: isMainThread ? 'process' : 'thread', to: '' });
  const before = (owner: object, method: string, said: (given: unknown[]) => Omit<Watched, 'program'>): void => {
    const original = (owner as Record<string, unknown>)[method] as Anything;
    (owner as Record<string, unknown>)[method] = function watched(this: unknown, ...given: unknown[]) {
      note(said(given));
      return original.apply(this, given);
    };
  };
  before(net.Socket.prototype, 'connect', (given) => ({ kind: 'connection', to: calledBy(given) }));
  for (const method of ['connect', 'send']) before(dgram.Socket.prototype, method, (given) => ({ kind: 'datagram', to: addressAmong(given) }));
  for (const owner of [dns, dns.promises, dns.Resolver.prototype, dns.promises.Resolver.prototype]) {
    const methods = Object.getOwnPropertyNames(owner).filter((name) => /^(lookup|resolve|reverse)/.test(name));
    for (const method of methods) before(owner, method, ([name]) => ({ kind: 'name', to: String(name) }));
  }
  syncBuiltinESMExports();
}

/** `connect(port, host)`, `connect(path)`, `connect(options)`, or what `net.connect` hands on: these in a list. Without a host it is this machine. */
function calledBy(given: unknown[]): string {
  const [first, second]: unknown[] = Array.isArray(given[0]) ? given[0] : given;
  if (typeof first === 'object' && first !== null) {
    const { path, host } = first as { path?: string; host?: string };
    return path ?? host ?? 'localhost';
  }
  if (typeof first === 'string' && Number.isNaN(Number(first))) return first;
  return typeof second === 'string' ? second : 'localhost';
}

/** The message comes first, and may be text too. */
function addressAmong([, ...given]: unknown[]): string {
  return given.find((one) => typeof one === 'string') ?? 'localhost';
}
