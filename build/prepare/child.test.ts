import { expect, test } from 'vitest';
import { runChild } from './child.mjs';

const node = (script: string, options: object = {}) => runChild(process.execPath, ['-e', script], { cwd: '.', ...options });

test('a child that does nothing any more is stopped', async () => {
  let begun = false;
  const end = await node('console.log("begun"); setTimeout(() => {}, 60_000)', {
    onLine: () => (begun = true),
    // A busy machine may take seconds to start the child at all.
    stallMs: () => (begun ? 400 : 30_000),
  });
  expect(end).toMatchObject({ stopped: 'stalled', output: 'begun' });
});

test('a child that goes on for ever is stopped at the limit', async () => {
  const end = await node('setInterval(() => console.log("."), 50)', { stallMs: 5_000, limitMs: 700 });
  expect(end.stopped).toBe('over the time limit');
});

test('a child is left alone while something arrives', async () => {
  let bytes = 0;
  const end = await node('setTimeout(() => process.exit(3), 1200)', { stallMs: 600, activity: () => (bytes += 1) });
  expect(end).toMatchObject({ code: 3, stopped: null });
});

test('a program that is not there is an end without a code', async () => {
  expect(await runChild('/nowhere/python3', [], { cwd: '.' })).toMatchObject({ code: null, output: expect.stringContaining('ENOENT') });
});
