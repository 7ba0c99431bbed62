import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { operatingPoints } from './error-rates.ts';
import { calibratedBySteps, clipped, isotonicCalibration } from './isotonic-calibration.ts';
import { sortScores } from './score-set.ts';

const someScores = fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 1, maxLength: 25 });
const fitted = (mated: number[], nonMated: number[]) =>
  isotonicCalibration(operatingPoints(sortScores({ mated: Float64Array.from(mated), nonMated: Float64Array.from(nonMated) })));

describe('the isotonic calibration', () => {
  it('never falls, and ignores how many comparisons of each kind there are', () => {
    fc.assert(
      fc.property(someScores, someScores, (mated, nonMated) => {
        const steps = fitted(mated, nonMated);
        steps.ratios.slice(1).forEach((ratio, at) => expect(ratio).toBeGreaterThan(steps.ratios[at]!));
        const tripled = fitted([...mated, ...mated, ...mated], nonMated);
        expect(tripled.from).toEqual(steps.from);
        tripled.ratios.forEach((ratio, at) => {
          if (Number.isFinite(ratio)) expect(ratio).toBeCloseTo(steps.ratios[at]!, 12);
          else expect(ratio).toBe(steps.ratios[at]);
        });
      }),
    );
  });

  it('gives unseen scores the step below them, and the lowest step to lower ones', () => {
    const steps = fitted([2, 4, 4, 6], [0, 2, 2, 4]);
    expect([...steps.from]).toEqual([0, 2, 4, 6]);
    const ratios = calibratedBySteps(Float64Array.of(-7, 1, 2, 3.9, 4, 99, -Infinity), steps);
    expect([...ratios]).toEqual([-Infinity, -Infinity, Math.log(1 / 4) - Math.log(2 / 4), ratios[2], Math.log(2 / 4) - Math.log(1 / 4), Infinity, -Infinity]);
  });

  it('is no surer than its bound once clipped', () => {
    const steps = clipped(fitted([2, 3], [0, 1]), 3);
    expect([...steps.ratios]).toEqual([-Math.log(3), Math.log(3)]);
    for (const bound of [1, NaN, Infinity]) expect(() => clipped(steps, bound)).toThrow(/above 1/);
  });
});
