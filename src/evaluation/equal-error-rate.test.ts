import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { equalErrorRate } from './equal-error-rate.ts';
import { operatingPoints } from './error-rates.ts';
import { sortScores } from './score-set.ts';

const someScores = fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 1, maxLength: 25 });
const eer = (mated: number[], nonMated: number[]) =>
  equalErrorRate(operatingPoints(sortScores({ mated: Float64Array.from(mated), nonMated: Float64Array.from(nonMated) })));

/** The definition, literally: walk the thresholds, and cut the two straight lines where they cross. */
function slowEqualErrorRate(mated: number[], nonMated: number[]): number {
  const thresholds = [...new Set([...mated, ...nonMated])].sort((a, b) => a - b);
  const rates = [...thresholds, Infinity].map((t) => ({
    fmr: nonMated.filter((score) => score >= t).length / nonMated.length,
    fnmr: mated.filter((score) => score < t).length / mated.length,
  }));
  for (let i = 1; i < rates.length; i++) {
    const { fmr: f0, fnmr: n0 } = rates[i - 1]!;
    const { fmr: f1, fnmr: n1 } = rates[i]!;
    if (f1 <= n1) return f0 + ((f0 - n0) / (f0 - n0 + n1 - f1)) * (f1 - f0);
  }
  throw new Error('unreachable');
}

describe('the equal error rate', () => {
  it('equals the literal definition', () => {
    fc.assert(
      fc.property(someScores, someScores, (mated, nonMated) => {
        expect(eer(mated, nonMated).rate).toBeCloseTo(slowEqualErrorRate(mated, nonMated), 14);
      }),
    );
  });

  it('is read exactly where an operating point has equal errors', () => {
    const result = eer([1, 3, 4, 5], [0, 1, 2, 4]);
    expect(result.above).toMatchObject({ threshold: 3, fmr: 0.25, fnmr: 0.25 });
    expect(result).toMatchObject({ rate: 0.25, threshold: 3 });
  });

  it('is interpolated between two points otherwise', () => {
    // (FMR, FNMR): at 2 (1/2, 0), at 3 (1/2, 1/3)?, at 4 (0, 2/3): FMR falls 1/2 while FNMR rises 1/3 from 3 on.
    const result = eer([2, 3, 5], [1, 3]);
    expect(result.below).toMatchObject({ threshold: 3, fmr: 0.5, fnmr: 1 / 3 });
    expect(result.above).toMatchObject({ threshold: 5, fmr: 0, fnmr: 2 / 3 });
    expect(result.rate).toBeCloseTo(0.4, 15);
    expect(result.threshold).toBeCloseTo(3.4, 15);
  });

  it('is one half for constant scores, zero for separated ones and one for reversed ones', () => {
    expect(eer([1, 1, 1], [1]).rate).toBe(0.5);
    expect(eer([3, 4], [1, 2])).toMatchObject({ rate: 0, threshold: 3 });
    expect(eer([1, 2], [3, 4]).rate).toBe(1);
  });

  it('does not change under a rising transform, and turns over with the kinds', () => {
    fc.assert(
      fc.property(someScores, someScores, (mated, nonMated) => {
        const { rate } = eer(mated, nonMated);
        expect(eer(mated.map(Math.exp), nonMated.map(Math.exp)).rate).toBe(rate);
        expect(rate).toBeGreaterThanOrEqual(0);
        expect(rate).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('has a finite threshold when failures score -Infinity', () => {
    expect(eer([-Infinity, -Infinity, 2], [-Infinity, 1]).threshold).toBe(1);
  });
});
