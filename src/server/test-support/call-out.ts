import { fork, spawnSync } from 'node:child_process';
import dgram from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { connect } from 'node:net';
import { isMainThread, Worker } from 'node:worker_threads';
import type { NetworkCounts } from './own-network.ts';
import { countedByKernel } from './own-network.ts';
import { watchedInto } from './watched.ts';

/** How the kernel's counts stood before and after a program that is no Node called out; null where nothing of that was done. */
export type Called = { before: NetworkCounts; after: NetworkCounts } | null;

/** Each is refused on this machine already: a connection to everybody, a datagram to everybody without leave, a name that is none. */
const everybody = '255.255.255.255';
const noName = `${'likeness'.repeat(9)}.example`;

// What the watch has to see, done by a process that a process started, and by a thread of it. In a network of its own an address is called besides by a
// program that is no Node.
const [watched, isCounted, part] = process.argv.slice(3) as [string, string, string?];
if (!isMainThread) await lookup(noName).catch(() => undefined);
else if (part === 'child') await callOut();
else {
  fork(import.meta.filename, [...process.argv.slice(2, 5), 'child'], { env: watchedInto(watched) }).once('exit', () => { process.stdout.write(JSON.stringify(isCounted === 'counted' ? countedCall() : null)); });
}

async function callOut(): Promise<void> {
  await Promise.all([
    new Promise((settle) => { new Worker(import.meta.filename, { argv: process.argv.slice(2) }).once('exit', settle); }),
    new Promise((settle) => { connect({ host: everybody, port: 9 }).once('error', settle); }),
    fetch(`http://${everybody}/`).catch(() => undefined),
    new Promise((settle) => {
      const socket = dgram.createSocket('udp4');
      socket.send('likeness', 9, everybody, () => { socket.close(settle as () => void); });
    }),
  ]);
}

function countedCall(): Called {
  const before = countedByKernel();
  // An address that is kept for documents (RFC 5737).
  spawnSync('bash', ['-c', ': > /dev/tcp/192.0.2.1/9']);
  return { before, after: countedByKernel() };
}
