import { expect, it } from 'vitest';
import { durationWords } from './time.ts';

it.each([
  [12, '12 ms'],
  [40_000, '40 s'],
  [200_000, '3 min 20 s'],
  [180_000, '3 min'],
  [25 * 60_000 + 29_000, '25 min'],
  [2 * 3_600_000 + 5 * 60_000, '2 h 5 min'],
])('words %d ms as %s', (durationMs, words) => {
  expect(durationWords(durationMs).replaceAll('\u00a0', ' ')).toBe(words);
});
