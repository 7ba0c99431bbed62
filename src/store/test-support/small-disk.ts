import type { SpawnSyncReturns } from 'node:child_process';
import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, fstatSync, ftruncateSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryHome } from './temporary-home.ts';

/**
 * Two real limits for a process that a test starts. `disk`: a file system of memory in a name space of its own, that only this process sees
 * and that goes with it. `files`: no file may grow any more (RLIMIT_FSIZE), where nothing may be mounted.
 */
export const limits = ['disk', 'files'] as const;
export type Limit = (typeof limits)[number];

const limitVariable = 'LIKENESS_TEST_LIMIT';
const mounting = process.getuid?.() === 0 ? ['--mount'] : ['--user', '--map-root-user', '--mount'];

function limited(limit: Limit, folder: string, { megabytes, command }: { megabytes: number; command: readonly string[] }): SpawnSyncReturns<string> {
  const options = { encoding: 'utf8', timeout: 50_000, env: { ...process.env, [limitVariable]: limit } } as const;
  if (limit === 'files') return spawnSync(command[0]!, command.slice(1), options);
  const script = `mount -t tmpfs -o size=${String(megabytes)}m none "$1" && shift && exec "$@"`;
  return spawnSync('unshare', [...mounting, 'sh', '-c', script, 'sh', folder, ...command], options);
}

/** Why this limit cannot be had here, or null. */
export function whyNoLimit(limit: Limit): string | null {
  if (process.platform !== 'linux') return 'it takes unshare and prlimit, which only Linux has';
  using folder = temporaryHome();
  const { status, stderr, error } = limited(limit, folder.path, { megabytes: 1, command: limit === 'disk' ? ['true'] : ['prlimit', '--fsize'] });
  return status === 0 ? null : (error?.message ?? stderr).trim();
}

/** Runs a script in another process under the limit; what it prints is JSON. */
export function runLimited<Told>(limit: Limit, folder: string, { megabytes, script }: { megabytes: number; script: string }): Told {
  const { stdout, stderr, status } = limited(limit, folder, { megabytes, command: [process.execPath, script, folder] });
  if (status !== 0) throw new Error(`The process under the limit ended with ${String(status)}: ${stderr}`);
  return JSON.parse(stdout) as Told;
}

/** In the limited process: from now on nothing more fits, but for so many bytes; until there is room again. */
export function fillDisk(folder: string, leavesBytes = 0): { makeRoom: () => void } {
  return process.env[limitVariable] === 'files' ? limitFiles(leavesBytes) : fillFileSystem(folder, leavesBytes);
}

function limitFiles(leavesBytes: number): { makeRoom: () => void } {
  const set = (bytes: number | string): void => { execFileSync('prlimit', ['--pid', String(process.pid), `--fsize=${String(bytes)}:`]); };
  // The limit also sends a signal, which would end the process.
  const stay = (): void => undefined;
  process.on('SIGXFSZ', stay);
  set(leavesBytes);
  return { makeRoom: () => { set('unlimited'); process.off('SIGXFSZ', stay); } };
}

function fillFileSystem(folder: string, leavesBytes: number): { makeRoom: () => void } {
  const file = join(folder, 'filler');
  const filler = openSync(file, 'w');
  for (let size = 1024 * 1024; size >= 1; size = Math.floor(size / 4)) {
    try {
      for (;;) writeSync(filler, Buffer.alloc(size, 1));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    }
  }
  ftruncateSync(filler, fstatSync(filler).size - leavesBytes);
  closeSync(filler);
  return { makeRoom: () => { rmSync(file); } };
}
