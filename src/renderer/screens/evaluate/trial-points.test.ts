import { expect, it } from 'vitest';
import type { EvaluationReport } from '../../../contract/requests/evaluations.ts';
import { evenPoint, nearestPoint, trialPoints } from './trial-points.ts';

const point = (threshold: number, fmr: number, fnmr: number) => ({ threshold, fmr, fnmr, low: null, high: null });
const report = {
  counts: { mated: 10, nonMated: 4 },
  systems: [{
    kind: 'model', curve: [point(0.45, 0.25, 0.2), point(0.1, 1, 0.1)],
    // One mated comparison failed to be acquired: it is in no bin.
    histogram: { edges: [0, 0.25, 0.5, 0.75, 1], mated: [0, 1, 3, 5], nonMated: [2, 2, 0, 0] },
  }],
} as unknown as Pick<EvaluationReport, 'systems' | 'counts'>;

it('goes on beyond the end of the curve with exact counts from the histogram', () => {
  expect(trialPoints(report).map(({ threshold, fmr, fnmr }) => [threshold, fmr, Number(fnmr.toFixed(6))])).toEqual([
    [0.1, 1, 0.1], [0.45, 0.25, 0.2], [0.5, 0, 0.2], [0.75, 0, 0.5], [1, 0, 1],
  ]);
});

it('finds the point nearest to a threshold', () => {
  const points = trialPoints(report);
  expect(nearestPoint(points, 0.46)).toBe(1);
  expect(nearestPoint(points, 7)).toBe(4);
  expect(nearestPoint([], 0.4)).toBe(-1);
});

it('finds where both errors are as frequent', () => {
  expect(evenPoint(trialPoints(report))).toBe(1);
  expect(evenPoint([])).toBe(-1);
});
