import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { takeLock } from './lock.mjs';
import { scratchFolder } from './scratch-setup.ts';

const lockModule = new URL('./lock.mjs', import.meta.url).href;

test('a lock that another process holds is waited for, and had when that process lets go', async () => {
  const file = join(scratchFolder(), 'setup.lock');
  const holder = spawn(process.execPath, ['--input-type=module', '-e', `
    const { takeLock } = await import(${JSON.stringify(lockModule)});
    const lock = await takeLock(${JSON.stringify(file)});
    console.log('held');
    process.stdin.once('data', () => { lock.release(); process.exit(); });
  `]);
  onTestFinished(() => void holder.kill('SIGKILL'));
  await once(holder.stdout, 'data');
  const owners: number[] = [];
  let isMine = false;
  const mine = takeLock(file, (owner) => owners.push(owner)).then((lock) => ((isMine = true), lock));
  await sleep(400);
  expect(isMine).toBe(false);
  expect(owners[0]).toBe(holder.pid);
  holder.stdin.write('\n');
  const lock = await mine;
  expect(JSON.parse(readFileSync(file, 'utf8')).pid).toBe(process.pid);
  lock.release();
  expect(existsSync(file)).toBe(false);
});

test('a lock whose process is gone is broken', async () => {
  const file = join(scratchFolder(), 'setup.lock');
  const gone = spawnSync(process.execPath, ['-e', '']).pid;
  writeFileSync(file, JSON.stringify({ pid: gone, startedAt: null }));
  const lock = await takeLock(file, () => expect.unreachable('a stale lock is not waited for'));
  lock.release();
});

test.runIf(process.platform === 'linux')('a lock whose process number now belongs to another process is broken', async () => {
  const file = join(scratchFolder(), 'setup.lock');
  writeFileSync(file, JSON.stringify({ pid: process.ppid, startedAt: '1' }));
  const lock = await takeLock(file, () => expect.unreachable('a stale lock is not waited for'));
  lock.release();
});

test('a released lock that somebody else took since is left alone', async () => {
  const file = join(scratchFolder(), 'setup.lock');
  const lock = await takeLock(file);
  writeFileSync(file, JSON.stringify({ pid: process.ppid, startedAt: null }));
  lock.release();
  expect(existsSync(file)).toBe(true);
});
