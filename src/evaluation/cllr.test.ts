import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cllr, minimumCllr } from './cllr.ts';
import { operatingPoints } from './error-rates.ts';
import { calibratedBySteps, isotonicCalibration } from './isotonic-calibration.ts';
import { sortScores } from './score-set.ts';

const someScores = fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 1, maxLength: 25 });
const setOf = (mated: number[], nonMated: number[]) => ({ mated: Float64Array.from(mated), nonMated: Float64Array.from(nonMated) });
const least = (mated: number[], nonMated: number[]) => minimumCllr(operatingPoints(sortScores(setOf(mated, nonMated))));

describe('the cost of log-likelihood ratios', () => {
  it('equals the literal definition', () => {
    fc.assert(
      fc.property(someScores, someScores, (mated, nonMated) => {
        const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
        const expected = (mean(mated.map((s) => Math.log2(1 + Math.exp(-s)))) + mean(nonMated.map((s) => Math.log2(1 + Math.exp(s))))) / 2;
        expect(cllr(setOf(mated, nonMated))).toBeCloseTo(expected, 13);
      }),
    );
  });

  it('is one for saying nothing, and does not overflow', () => {
    expect(cllr(setOf([0, 0], [0]))).toBe(1);
    expect(cllr(setOf([-5000], [5000])) * Math.LN2).toBeCloseTo(5000, 9);
    expect(cllr(setOf([5000], [-5000]))).toBe(0);
    expect(cllr(setOf([5000], [-Infinity]))).toBe(0);
    expect(() => cllr(setOf([1, -Infinity], [0]))).toThrow(/index 1 is -Infinity/);
  });

  it('is at its least that of the isotonic calibration of the same scores, in [0, 1]', () => {
    fc.assert(
      fc.property(someScores, someScores, (mated, nonMated) => {
        const set = setOf(mated, nonMated);
        const steps = isotonicCalibration(operatingPoints(sortScores(set)));
        const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
        const cost = (scores: Float64Array, sign: number) =>
          mean([...calibratedBySteps(scores, steps)].map((ratio) => Math.log2(1 + Math.exp(sign * ratio))));
        expect(least(mated, nonMated)).toBeCloseTo((cost(set.mated, -1) + cost(set.nonMated, 1)) / 2, 12);
        expect(least(mated, nonMated)).toBeGreaterThanOrEqual(0);
        expect(least(mated, nonMated)).toBeLessThanOrEqual(1 + 1e-12);
        expect(least(mated, nonMated)).toBeLessThanOrEqual(cllr(set) + 1e-12);
      }),
    );
  });

  it('at its least does not change under a rising transform, and is 1 without and 0 with separation', () => {
    expect(least([1, 2, 4], [0, 2, 3])).toBe(least([1, 2, 4].map(Math.exp), [0, 2, 3].map(Math.exp)));
    expect(least([1, 1], [1])).toBe(1);
    expect(least([1, 2], [3, 4])).toBe(1);
    expect(least([3, 4], [1, 2])).toBe(0);
  });
});
