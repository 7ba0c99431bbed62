import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { operatingPoint, operatingPoints, ratesAtThreshold } from './error-rates.ts';
import { sortScores } from './score-set.ts';

const someScores = fc.array(fc.oneof(fc.integer({ min: -4, max: 4 }), fc.constant(-Infinity)), { minLength: 1, maxLength: 25 });
const pointsOf = (mated: number[], nonMated: number[]) =>
  operatingPoints(sortScores({ mated: Float64Array.from(mated), nonMated: Float64Array.from(nonMated) }));

describe('operating points', () => {
  it('equal a literal count at every distinct score', () => {
    fc.assert(
      fc.property(someScores, someScores, (mated, nonMated) => {
        const points = pointsOf(mated, nonMated);
        const distinct = [...new Set([...mated, ...nonMated])].sort((a, b) => a - b);
        expect([...points.thresholds].slice(0, -1)).toEqual(distinct);
        points.thresholds.forEach((threshold, index) => {
          const falseMatches = nonMated.filter((score) => score >= threshold).length;
          const falseNonMatches = mated.filter((score) => score < threshold).length;
          expect(operatingPoint(points, index)).toEqual({
            threshold,
            fmr: falseMatches / nonMated.length,
            fnmr: falseNonMatches / mated.length,
            falseMatches,
            falseNonMatches,
          });
        });
      }),
    );
  });

  it('run from accepting everything to rejecting everything at a finite threshold', () => {
    fc.assert(
      fc.property(someScores, someScores, (mated, nonMated) => {
        const points = pointsOf(mated, nonMated);
        const last = operatingPoint(points, points.thresholds.length - 1);
        expect(operatingPoint(points, 0)).toMatchObject({ fmr: 1, fnmr: 0 });
        expect(last).toMatchObject({ fmr: 0, fnmr: 1 });
        expect(last.threshold).toBeGreaterThan(Math.max(...mated, ...nonMated));
        expect(Number.isFinite(last.threshold)).toBe(true);
      }),
    );
  });

  it('treat a score equal to the threshold as a match', () => {
    expect(ratesAtThreshold(pointsOf([2], [2]), 2)).toMatchObject({ fmr: 1, fnmr: 0 });
  });

  it('count both zeros as one score', () => {
    expect([...pointsOf([-0, 0], [0, -0]).thresholds]).toHaveLength(2);
  });

  it('give the rates at any threshold as a literal count does', () => {
    fc.assert(
      fc.property(someScores, someScores, fc.double({ min: -6, max: 6, noNaN: true }), (mated, nonMated, threshold) => {
        expect(ratesAtThreshold(pointsOf(mated, nonMated), threshold)).toMatchObject({
          threshold,
          falseMatches: nonMated.filter((score) => score >= threshold).length,
          falseNonMatches: mated.filter((score) => score < threshold).length,
        });
      }),
    );
    expect(() => ratesAtThreshold(pointsOf([1], [1]), NaN)).toThrow(/not a number/);
  });

  it('take a million scores of each kind without trouble', () => {
    const count = 1_000_000;
    const scores = { mated: new Float32Array(count), nonMated: new Float32Array(count) };
    for (let i = 0; i < count; i++) {
      scores.mated[i] = (i * 0.61803398875) % 1;
      scores.nonMated[i] = (i * 0.41421356237) % 1;
    }
    const points = operatingPoints(sortScores(scores));
    expect(points.thresholds.length).toBeGreaterThan(count);
    expect(ratesAtThreshold(points, 0.25).fmr).toBeCloseTo(0.75, 4);
  });
});
