import { describe, expect, it } from 'vitest';
import { operatingPoints } from './error-rates.ts';
import { fvcEqualErrorRate } from './fvc-equal-error-rate.ts';
import { sortScores } from './score-set.ts';

const of = (mated: number[], nonMated: number[]) =>
  fvcEqualErrorRate(operatingPoints(sortScores({ mated: Float64Array.from(mated), nonMated: Float64Array.from(nonMated) })));

describe('the equal error rate of FVC', () => {
  it('is the middle of the better point beside the crossing', () => {
    // (FMR, FNMR): (1/2, 1/3) at 3, (0, 2/3) at 5.
    expect(of([2, 3, 5], [1, 3])).toEqual({ rate: 1 / 3, low: 0, high: 2 / 3 });
  });

  it('is exact where both errors are equal, 0 when separated and 1 when reversed', () => {
    expect(of([1, 3, 4, 5], [0, 1, 2, 4])).toEqual({ rate: 0.25, low: 0.25, high: 0.25 });
    expect(of([3, 4], [1, 2])).toEqual({ rate: 0, low: 0, high: 0 });
    expect(of([1, 2], [3, 4])).toEqual({ rate: 1, low: 1, high: 1 });
    expect(of([1], [1])).toEqual({ rate: 0.5, low: 0, high: 1 });
  });
});
