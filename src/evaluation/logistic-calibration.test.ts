import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calibrated, logisticCalibration } from './logistic-calibration.ts';
import { normalDeviate } from './normal-deviate.ts';

const someScores = fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 2, maxLength: 25 });
const setOf = (mated: number[], nonMated: number[]) => ({ mated: Float64Array.from(mated), nonMated: Float64Array.from(nonMated) });
const plan = { matedPrior: 0.5, targets: 'observed' } as const;

describe('the logistic calibration', () => {
  it('has a gradient of zero, the definition of the best fit', () => {
    fc.assert(
      fc.property(someScores, someScores, fc.double({ min: 0.05, max: 0.95, noNaN: true }), (mated, nonMated, matedPrior) => {
        if (new Set([...mated, ...nonMated]).size < 2) return;
        const { scale, offset } = logisticCalibration(setOf(mated, nonMated), { matedPrior, targets: 'smoothed' });
        const error = (target: number) => (s: number) =>
          1 / (1 + Math.exp(-(scale * s + offset + Math.log(matedPrior / (1 - matedPrior))))) - target;
        const sums = [
          { scores: mated, weight: matedPrior, target: (mated.length + 1) / (mated.length + 2) },
          { scores: nonMated, weight: 1 - matedPrior, target: 1 / (nonMated.length + 2) },
        ].map(({ scores, weight, target }) => ({
          slope: (weight / scores.length) * scores.reduce((sum, s) => sum + error(target)(s) * s, 0),
          level: (weight / scores.length) * scores.reduce((sum, s) => sum + error(target)(s), 0),
        }));
        expect(sums[0]!.slope + sums[1]!.slope).toBeCloseTo(0, 9);
        expect(sums[0]!.level + sums[1]!.level).toBeCloseTo(0, 9);
      }),
    );
  });

  it('finds the ratio of two normal populations', () => {
    const quantiles = Array.from({ length: 4000 }, (_, i) => normalDeviate((i + 0.5) / 4000));
    const { scale, offset } = logisticCalibration(setOf(quantiles.map((q) => q + 2), quantiles), plan);
    expect(scale).toBeCloseTo(2, 2); // ln N(s; 2, 1) / N(s; 0, 1) = 2 s - 2
    expect(offset).toBeCloseTo(-2, 2);
  });

  it('follows a change of unit and of origin', () => {
    const near = logisticCalibration(setOf([1, 2, 5], [0, 2, 3]), plan);
    const far = logisticCalibration(setOf([1, 2, 5].map((s) => 1e6 + 1e3 * s), [0, 2, 3].map((s) => 1e6 + 1e3 * s)), plan);
    expect(far.scale * 1e3).toBeCloseTo(near.scale, 9);
    expect(calibrated(Float64Array.of(1e6 + 4e3), far)[0]).toBeCloseTo(calibrated(Float64Array.of(4), near)[0]!, 6);
  });

  it('does not exist for separated or constant scores, nor for failures; smoothing fits separated ones', () => {
    for (const set of [setOf([3, 4], [1, 2]), setOf([2, 3], [1, 2]), setOf([1], [2])]) {
      expect(() => logisticCalibration(set, plan)).toThrow(/One threshold parts the scores/);
      expect(Number.isFinite(logisticCalibration(set, { ...plan, targets: 'smoothed' }).scale)).toBe(true);
    }
    expect(() => logisticCalibration(setOf([1, 1], [1]), plan)).toThrow(/All scores are equal/);
    expect(() => logisticCalibration(setOf([1, -Infinity], [1]), plan)).toThrow(/no line calibrates/);
    expect(() => logisticCalibration(setOf([1], [2]), { ...plan, matedPrior: 1 })).toThrow(/prior/);
    expect([...calibrated(Float64Array.of(-Infinity, 1), { scale: -1, offset: 3, iterations: 1 })]).toEqual([-Infinity, 2]);
  });
});
