import { expect, it } from 'vitest';
import { finish } from '../../evaluation/steps.ts';
import type { DiscardOrder } from './discard.ts';
import { discardReport } from './discard.ts';

// Two people of three samples; mated pairs are (0,1) (0,2) (1,2) (3,4) (3,5) (4,5), in the order of all pairs i < j.
const subjects = Int32Array.from([0, 0, 0, 1, 1, 1]);
const mated: Record<string, number> = { '0 1': 0.9, '0 2': 0.2, '1 2': 0.3, '3 4': 0.8, '3 5': 0.7, '4 5': 0.9 };
const scores = Float64Array.from(Array.from({ length: 6 }, (_, i) => Array.from({ length: 5 - i }, (__, after) => mated[`${i} ${i + 1 + after}`] ?? 0.5)).flat());
const order = (values: string[]): DiscardOrder => ({ compared: { kind: 'all', allPairs: { scores, subjects } }, column: 'sharpness', values, threshold: 0.5 });

it('sets the mated comparisons of lowest quality aside first', () => {
  // Sample 2 is blurred, and both misses are its own.
  const report = finish(discardReport(order(['9', '9', '1', '9', '8', '9'])));
  expect(report.steps).toEqual([
    { discarded: 0, error: 2 / 6, quality: 1 },
    { discarded: 2 / 6, error: 0, quality: 8 },
    { discarded: 4 / 6, error: 0, quality: 9 },
  ]);
  expect(report.area.value).toBeCloseTo(2 / 6, 12);
  expect(report.area.ideal).toBeLessThan(report.area.value);
});

it('counts the comparisons of unknown quality and leaves them out', () => {
  expect(finish(discardReport(order(['9', '9', '', '9', '8', '9'])))).toMatchObject({ comparisons: 4, unknown: 2, steps: [{ error: 0 }, { error: 0 }] });
});

it('refuses a column that is no number, with the value, and one that nobody has', () => {
  expect(() => finish(discardReport(order(['9', 'sharp', '1', '9', '8', '9'])))).toThrow('sharpness cannot be read as a quality: "sharp" is no number.');
  expect(() => finish(discardReport(order(['9', '', '', '', '', ''])))).toThrow('No mated comparison has a sharpness on both sides.');
});
