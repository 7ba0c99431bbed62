import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actualDetectionCost, bayesThreshold, detectionCost, minimumDetectionCost } from './detection-cost.ts';
import { operatingPoints } from './error-rates.ts';
import { sortScores } from './score-set.ts';

const someScores = fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 1, maxLength: 25 });
const pointsOf = (mated: number[], nonMated: number[]) =>
  operatingPoints(sortScores({ mated: Float64Array.from(mated), nonMated: Float64Array.from(nonMated) }));
const model = { falseMatchCost: 10, falseNonMatchCost: 1, matedPrior: 0.25 };

describe('the detection cost', () => {
  it('is least where the literal search over every threshold finds it', () => {
    fc.assert(
      fc.property(someScores, someScores, (mated, nonMated) => {
        const costs = [...new Set([...mated, ...nonMated, 9])].map((t) => {
          const fmr = nonMated.filter((score) => score >= t).length / nonMated.length;
          const fnmr = mated.filter((score) => score < t).length / mated.length;
          return 1 * 0.25 * fnmr + 10 * 0.75 * fmr;
        });
        const { cost, normalized } = minimumDetectionCost(pointsOf(mated, nonMated), model);
        expect(cost).toBe(Math.min(...costs));
        expect(normalized).toBeCloseTo(cost / 0.25, 14); // never to match costs 0.25, always to match 7.5
        expect(normalized).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('takes the highest of the thresholds that cost the same', () => {
    const even = { falseMatchCost: 1, falseNonMatchCost: 1, matedPrior: 0.5 };
    expect(minimumDetectionCost(pointsOf([1, 3], [0, 2]), even).point).toMatchObject({ threshold: 3, fmr: 0, fnmr: 0.5 });
  });

  it('at the Bayes threshold of perfectly calibrated ratios is the least cost', () => {
    // Of the scores ln(1/3) and ln(3) three in four are on the right side: they are their own log-likelihood ratios.
    const [low, high] = [Math.log(1 / 3), Math.log(3)];
    const points = pointsOf([low, high, high, high], [low, low, low, high]);
    for (const matedPrior of [0.1, 0.2, 0.4, 0.6, 0.8, 0.9]) {
      const costs = { falseMatchCost: 1, falseNonMatchCost: 1, matedPrior };
      expect(actualDetectionCost(points, costs).cost).toBe(minimumDetectionCost(points, costs).cost);
    }
  });

  it('at a given threshold is that of the rates there, and may do harm', () => {
    const actual = actualDetectionCost(pointsOf([1, 3], [0, 2]), model, 1);
    expect(actual).toMatchObject({ cost: 3.75, normalized: 15, point: { threshold: 1, fmr: 0.5, fnmr: 0 } });
    expect(bayesThreshold(model)).toBeCloseTo(Math.log(30), 14);
  });

  it('is refused for costs and priors that make no sense', () => {
    const rates = { fmr: 0, fnmr: 0 };
    for (const falseMatchCost of [0, -1, NaN, Infinity]) {
      expect(() => detectionCost(rates, { ...model, falseMatchCost })).toThrow(/cost is a positive number/);
    }
    for (const matedPrior of [0, 1, NaN]) expect(() => bayesThreshold({ ...model, matedPrior })).toThrow(/prior/);
  });
});
