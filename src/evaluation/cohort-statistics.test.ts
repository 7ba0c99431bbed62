import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cohortStatistics } from './cohort-statistics.ts';
import { moments } from './d-prime.ts';

describe('cohort statistics', () => {
  it('are the moments of the highest scores of each row', () => {
    const rows = fc.array(fc.array(fc.integer({ min: -90, max: 90 }), { minLength: 6, maxLength: 6 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(rows, fc.integer({ min: 2, max: 6 }), (matrix, nearest) => {
        const highest = matrix.map((row) => [...row].sort((a, b) => b - a).slice(0, nearest));
        if (highest.some((row) => new Set(row).size === 1)) return;
        const { mean, deviation } = cohortStatistics(Float32Array.from(matrix.flat()), 6, nearest);
        highest.forEach((row, at) => {
          const expected = moments(Float64Array.from(row));
          expect(mean[at]).toBeCloseTo(expected.mean, 12);
          expect(deviation[at]! ** 2).toBeCloseTo(expected.variance, 9);
        });
      }),
    );
  });

  it('do not exist without spread, for a score that is not finite, or for a wrong shape', () => {
    expect(() => cohortStatistics(Float64Array.of(1, 2, 0.1, 0.1), 2)).toThrow(/row 1 are all equal/);
    expect(() => cohortStatistics(Float64Array.of(0, 5, 5), 3, 2)).toThrow(/row 0 are all equal/);
    expect(() => cohortStatistics(Float64Array.of(1, 2, NaN, 3), 2)).toThrow(/row 1 is NaN/);
    expect(() => cohortStatistics(Float64Array.of(1, -Infinity), 2)).toThrow(/row 0 is -Infinity/);
    expect(() => cohortStatistics(Float64Array.of(1, 2, 3), 2)).toThrow(/not rows of a cohort/);
    expect(() => cohortStatistics(Float64Array.of(1, 2), 1)).toThrow(/cohort of 1/);
    expect(() => cohortStatistics(Float64Array.of(1, 2), 2, 3)).toThrow(/not 3/);
  });
});
