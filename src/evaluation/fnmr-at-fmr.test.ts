import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { operatingPoints } from './error-rates.ts';
import { fnmrAtFmr } from './fnmr-at-fmr.ts';
import { sortScores } from './score-set.ts';

const someScores = fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 1, maxLength: 25 });
const pointsOf = (mated: number[], nonMated: number[]) =>
  operatingPoints(sortScores({ mated: Float64Array.from(mated), nonMated: Float64Array.from(nonMated) }));
const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

describe('FNMR at FMR', () => {
  it('takes the smallest distinct score that satisfies the target, by the literal definition', () => {
    fc.assert(
      fc.property(someScores, someScores, fc.double({ min: 0, max: 1, noNaN: true }), (mated, nonMated, target) => {
        const fmr = (t: number) => nonMated.filter((score) => score >= t).length / nonMated.length;
        const threshold = [...mated, ...nonMated].sort((a, b) => a - b).find((t) => fmr(t) <= target);
        const result = fnmrAtFmr(pointsOf(mated, nonMated), target);
        expect(result.target).toBe(target);
        if (threshold === undefined) {
          expect(result).toMatchObject({ achieved: 0, fnmr: 1 });
          expect(result.threshold).toBeGreaterThan(Math.max(...nonMated));
          expect(result.threshold).toBeLessThan(Math.max(...nonMated) + 1e-12);
        } else {
          expect(result).toMatchObject({ threshold, achieved: fmr(threshold) });
          expect(result.fnmr).toBe(mated.filter((score) => score < threshold).length / mated.length);
        }
      }),
    );
  });

  it('achieves at most the target, and says what it achieved', () => {
    const result = fnmrAtFmr(pointsOf([5, 8], upTo(10)), 0.15);
    expect(result).toMatchObject({ target: 0.15, achieved: 0.1, threshold: 9, fnmr: 1, support: 'weak' });
  });

  it('meets a target that is an exact count', () => {
    const result = fnmrAtFmr(pointsOf([2999], upTo(3000)), 0.001);
    expect(result).toMatchObject({ achieved: 0.001, falseMatches: 3, threshold: 2997, fnmr: 0 });
  });

  it('reaches FMR 0 at the lowest mated score above every non-mated one', () => {
    expect(fnmrAtFmr(pointsOf([1, 20, 30], upTo(10)), 0.01)).toMatchObject({ achieved: 0, threshold: 20, fnmr: 1 / 3 });
  });

  it('says how well the comparisons support the target', () => {
    const points = pointsOf([1], upTo(1000));
    expect(fnmrAtFmr(points, 0.03).support).toBe('supported');
    expect(fnmrAtFmr(points, 0.001).support).toBe('weak');
    expect(fnmrAtFmr(points, 0.0001).support).toBe('unsupported');
    expect(fnmrAtFmr(points, 0).support).toBe('unsupported');
    // It is the target that is supported or not, though FMR 0 was achieved.
    expect(fnmrAtFmr(pointsOf([5000], Array<number>(1000).fill(1)), 0.03)).toMatchObject({ achieved: 0, support: 'supported' });
  });

  it('never rises in FNMR as the target rises', () => {
    fc.assert(
      fc.property(someScores, someScores, fc.double({ min: 0, max: 0.5, noNaN: true }), (mated, nonMated, target) => {
        const points = pointsOf(mated, nonMated);
        expect(fnmrAtFmr(points, target * 2).fnmr).toBeLessThanOrEqual(fnmrAtFmr(points, target).fnmr);
      }),
    );
  });

  it('refuses a target that is not a rate', () => {
    for (const target of [-0.1, 1.1, NaN]) expect(() => fnmrAtFmr(pointsOf([1], [1]), target)).toThrow(/lies in/);
  });
});
