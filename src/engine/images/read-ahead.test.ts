import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { readAhead } from './read-ahead.ts';

test('reads in the order of the sources, no more at a time than there are readers, and one batch ahead', async () => {
  let [reading, most, begun] = [0, 0, 0];
  const read = async (source: number): Promise<number> => {
    begun++;
    most = Math.max(most, ++reading);
    for (let turn = 0; turn < 5 - (source % 3); turn++) await setImmediate();
    reading--;
    return 10 * source;
  };
  const seen: number[][] = [];
  for await (const batch of readAhead([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], read, { readers: 3, together: 4 })) {
    // Whoever works on a batch for long finds the next one read, and no more.
    for (let turn = 0; turn < 50; turn++) await setImmediate();
    seen.push(batch);
    expect([begun, reading]).toEqual([Math.min(10, 4 * (seen.length + 1)), 0]);
  }
  expect(seen).toEqual([[0, 10, 20, 30], [40, 50, 60, 70], [80, 90]]);
  expect(most).toBe(3);
});

test('one that fails ends the reading when its turn has come, and nobody misses those after it', async () => {
  const read = (source: number): Promise<number> => (source < 3 ? Promise.resolve(source) : Promise.reject(new Error(`No ${source}.`)));
  const seen: number[][] = [];
  const all = async (): Promise<void> => { for await (const batch of readAhead([0, 1, 2, 3, 4], read, { readers: 2, together: 2 })) seen.push(batch); };
  await expect(all()).rejects.toThrow('No 3.');
  expect(seen).toEqual([[0, 1]]);
});
