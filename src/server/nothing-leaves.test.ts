import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { temporaryHome } from '../store/test-support/temporary-home.ts';
import type { Day } from './test-support/a-day.ts';
import type { Called } from './test-support/call-out.ts';
import { inOwnNetwork, whyNoOwnNetwork } from './test-support/own-network.ts';
import type { Watched } from './test-support/watched.ts';
import { leaving, readWatched } from './test-support/watched.ts';

const run = promisify(execFile);
/** Half a minute of two cores; a machine that does much else takes its time. */
const limitMs = 600_000;
const reason = whyNoOwnNetwork();

/** Runs a script of a folder and a file to be watched into, in a network of its own where there can be one; what it prints is JSON. */
async function watchedRun<Told>(script: string): Promise<{ told: Told; watched: Watched[] }> {
  using folder = temporaryHome();
  const file = join(folder.path, 'watched.jsonl');
  const command = [process.execPath, join(import.meta.dirname, 'test-support', script), folder.path, file, reason === null ? 'counted' : ''];
  const [program, ...words] = reason === null ? inOwnNetwork(command) : command;
  const { stdout } = await run(program!, words, { maxBuffer: 1 << 26 });
  return { told: JSON.parse(stdout) as Told, watched: readWatched(file) };
}

describe('nothing leaves the machine', () => {
  it('in a day\'s work in the terminal and the browser host, on any thread of any process, native libraries included', async () => {
    const { told, watched } = await watchedRun<Day>('a-day.ts');
    const begun = watched.filter(({ kind }) => kind === 'process' || kind === 'thread');
    console.log(`A day of ${told.commands.length} commands and ${told.requests.length} requests in ${begun.length} processes and threads: ${reason === null ? 'in a network of its own, the kernel counting' : `without counting what native libraries send (${reason})`}.`);
    expect(new Set(begun.map(({ program, kind }) => `${kind} ${program}`))).toEqual(new Set([
      'process src/cli/index.ts', 'process src/server/test-support/hosted-desk.ts', 'process src/engine/index.ts', 'process src/engine/test-support/run-onnx.ts', 'thread .cache/threads/scoring-worker.js',
    ]));
    expect(leaving(watched)).toEqual([]);
    if (reason === null) expect(told.counted).toEqual({ withoutWay: 0, datagrams: 0 });
  }, limitMs);
});

describe('the watch', () => {
  it('sees a call of a thread and of a process that a process starts, by address, by name and by datagram', async () => {
    const { told, watched } = await watchedRun<Called>('call-out.ts');
    expect(new Set(leaving(watched).map(({ kind, to }) => `${kind} ${to}`))).toEqual(new Set([
      'connection 255.255.255.255', 'datagram 255.255.255.255', expect.stringMatching(/^name likeness.*example$/),
    ]));
    if (reason === null) expect(told!.after.withoutWay).toBeGreaterThan(told!.before.withoutWay);
  });
});
