import { existsSync, readFileSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { logFile } from './log-file.ts';

let folder: string;
beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'likeness-log-')); });
afterAll(() => rm(folder, { recursive: true }));

it('makes no file before there is something to say', () => {
  logFile(join(folder, 'quiet'));
  expect(existsSync(join(folder, 'quiet'))).toBe(false);
});

it('keeps messages and the stacks of errors, for the owner alone', () => {
  const home = join(folder, 'home');
  const log = logFile(home);
  log('The engine ended.', { lane: 'batch' });
  log('A job failed.', new TypeError('x is undefined'));
  const file = join(home, 'logs', 'likeness.log');
  const [first, second] = readFileSync(file, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(first).toMatchObject({ level: 30, msg: 'The engine ended.', details: { lane: 'batch' } });
  expect(second).toMatchObject({ level: 50, msg: 'A job failed.', err: { type: 'TypeError', message: 'x is undefined', stack: expect.stringContaining('log-file.test') as string } });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(home).mode & 0o777).toBe(0o700);
});
