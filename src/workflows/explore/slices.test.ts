import { expect, it } from 'vitest';
import { mostSliceGroups } from '../../contract/requests/explore.ts';
import { pairPlace } from '../../evaluation/all-pairs.ts';
import { finish } from '../../evaluation/steps.ts';
import { sliceReport } from './slices.ts';

/** So many samples, each of its own person and with its own value. */
function orderOf(count: number): Parameters<typeof sliceReport>[0] {
  const values = Array.from({ length: count }, (_, sample) => `word ${sample}`);
  const scores = new Float64Array(pairPlace(count - 2, count - 1, count) + 1).fill(0.5);
  const compared = { kind: 'all' as const, allPairs: { scores, subjects: Int32Array.from(values, (_, sample) => sample) } };
  return { compared, column: 'sharpness', values, threshold: 0, minimumComparisons: 1, minimumSubjects: 2 };
}

it('refuses to slice by a column that has a value of its own for nearly every sample', () => {
  expect(() => finish(sliceReport(orderOf(mostSliceGroups + 1)))).toThrow('sharpness has 41 values; no more than 40 groups are compared');
  // One fewer goes on, to where a slice needs mated comparisons.
  expect(() => finish(sliceReport(orderOf(mostSliceGroups)))).not.toThrow('no more than 40 groups');
  // So do numbers, which make classes.
  const many = orderOf(mostSliceGroups + 1);
  expect(() => finish(sliceReport({ ...many, values: many.values.map((_, sample) => String(sample)) }))).toThrow('There are no mated scores');
});
