import { readFileSync } from 'node:fs';
import { BlockList } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Names the file that `watch-connections.ts` writes. */
export const watchedFile = 'LIKENESS_TEST_WATCHED';

/** That a process or thread began, or what it was about to do with the network. */
export interface Watched {
  /** The first file of the process, from the checkout. */
  program: string;
  kind: 'process' | 'thread' | 'connection' | 'datagram' | 'name';
  /** An address, the name of a machine, or the path of a socket of the file system; '' for a beginning. */
  to: string;
}

/** The environment of a program that is watched. */
export function watchedInto(file: string): NodeJS.ProcessEnv {
  const watcher = pathToFileURL(join(import.meta.dirname, 'watch-connections.ts')).href;
  return { ...process.env, NODE_OPTIONS: `${process.env['NODE_OPTIONS'] ?? ''} --import=${watcher}`, [watchedFile]: file };
}

export function readWatched(file: string): Watched[] {
  return readFileSync(file, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Watched);
}

/** What leaves the machine: neither this machine's own addresses nor a socket of the file system. */
export function leaving(watched: readonly Watched[]): Watched[] {
  return watched.filter(({ kind, to }) => kind !== 'process' && kind !== 'thread' && !isHere(to));
}

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8);
loopback.addAddress('::1', 'ipv6');

function isHere(to: string): boolean {
  return to === 'localhost' || to.startsWith('/') || to.startsWith('\\\\.\\pipe\\') || loopback.check(to) || loopback.check(to, 'ipv6');
}
