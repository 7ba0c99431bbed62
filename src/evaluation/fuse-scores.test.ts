import { describe, expect, test } from 'vitest';
import { equalErrorRate } from './equal-error-rate.ts';
import { operatingPoints } from './error-rates.ts';
import { fuseScores } from './fuse-scores.ts';
import type { FusionRule } from './fuse-scores.ts';
import { logisticFusion } from './logistic-fusion.ts';
import { seededRandom } from './random.ts';
import { sortScores } from './score-set.ts';

const failure = -Infinity;

/** Four sources of growing worth: the mated scores are `separations` deviations higher, in measures that differ. */
function simulated(seed: number, separations: readonly number[], count = 2000): { mated: Float64Array[]; nonMated: Float64Array[] } {
  const random = seededRandom(seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const draw = (shift: number, unit: number): Float64Array => Float64Array.from({ length: count }, () => unit * (shift + normal()));
  return { mated: separations.map((shift, source) => draw(shift, 10 ** source)), nonMated: separations.map((_, source) => draw(0, 10 ** source)) };
}

const errorOf = (scores: { mated: Float64Array[]; nonMated: Float64Array[] }, rule: FusionRule): number =>
  equalErrorRate(operatingPoints(sortScores({ mated: fuseScores(scores.mated, rule), nonMated: fuseScores(scores.nonMated, rule) }))).rate;

describe('scores of several sources', () => {
  test('are added as a mean, or the largest counts', () => {
    const sources = [Float64Array.of(0.2, 0.9), Float64Array.of(0.6, 0.1)];
    expect([...fuseScores(sources, 'sum')]).toEqual([0.4, 0.5]);
    expect([...fuseScores(sources, 'max')]).toEqual([0.6, 0.9]);
  });

  test('leave out what failed, and fail where everything did', () => {
    const sources = [Float64Array.of(failure, failure), Float64Array.of(0.6, failure)];
    for (const rule of ['sum', 'max'] as const) expect([...fuseScores(sources, rule)]).toEqual([0.6, failure]);
    expect([...fuseScores(sources, { weights: [2, 3], offset: 1, neutral: [0.5, 0.5] })]).toEqual([1 + 1 + 3 * 0.6, failure]);
  });

  test('must be about the same comparisons', () => {
    expect(() => fuseScores([], 'sum')).toThrow('without a source');
    expect(() => fuseScores([Float64Array.of(1), Float64Array.of(1, 2)], 'max')).toThrow('1 and of 2 scores');
    expect(() => fuseScores([Float64Array.of(1)], { weights: [1, 2], offset: 0, neutral: [0, 0] })).toThrow('2 weights for 1');
  });

  test('of equal worth have a lower error together than one alone, and the sum a lower one than the largest', () => {
    const fingers = simulated(3, [2, 2, 2, 2]);
    const unscaled = { mated: fingers.mated.map((scores, source) => scores.map((score) => score / 10 ** source)), nonMated: fingers.nonMated.map((scores, source) => scores.map((score) => score / 10 ** source)) };
    const alone = errorOf({ mated: [unscaled.mated[0]!], nonMated: [unscaled.nonMated[0]!] }, 'sum');
    expect(errorOf(unscaled, 'sum')).toBeLessThan(errorOf(unscaled, 'max'));
    expect(errorOf(unscaled, 'max')).toBeLessThan(alone);
    // Four independent deviates 2 apart: 4 apart together, so an EER of 2.3 %; one alone has 15.9 %.
    expect(errorOf(unscaled, 'sum')).toBeCloseTo(0.0228, 2);
    expect(alone).toBeCloseTo(0.159, 1);
  });
});

describe('logistic fusion', () => {
  test('weighs sources by their worth, in whatever measure they are, on scores it was not fitted on', () => {
    const separations = [0.2, 1, 2];
    const fusion = logisticFusion(simulated(1, separations));
    const worth = fusion.weights.map((weight, source) => weight * 10 ** source);
    expect(worth[0]).toBeLessThan(worth[1]!);
    expect(worth[1]).toBeLessThan(worth[2]!);
    const unseen = simulated(2, separations);
    expect(errorOf(unseen, fusion)).toBeLessThan(errorOf(unseen, 'sum'));
    // The best linear score of independent deviates: their separations add as squares.
    expect(errorOf(unseen, fusion)).toBeCloseTo(0.131, 1);
  });

  test('of one source is its logistic calibration but for the ridge', () => {
    // Log-likelihood ratio of two unit normals 2 apart: 2 x - 2.
    const { weights, offset } = logisticFusion(simulated(5, [2], 5000));
    expect(weights[0]).toBeGreaterThan(1.8);
    expect(weights[0]).toBeLessThan(2.1);
    expect(offset / weights[0]!).toBeCloseTo(-1, 1);
  });

  test('stays finite where a development set is separable', () => {
    const { weights, offset } = logisticFusion({ mated: [Float64Array.of(5, 6)], nonMated: [Float64Array.of(0, 1)] });
    expect([weights[0], offset].every(Number.isFinite)).toBe(true);
    expect(weights[0]).toBeGreaterThan(0);
  });

  test('refuses what cannot be learnt from', () => {
    const good = Float64Array.of(1, 2);
    expect(() => logisticFusion({ mated: [Float64Array.of()], nonMated: [good] })).toThrow('without mated');
    expect(() => logisticFusion({ mated: [good], nonMated: [Float64Array.of()] })).toThrow('without non-mated');
    expect(() => logisticFusion({ mated: [Float64Array.of(1, failure)], nonMated: [good] })).toThrow('failure');
    expect(() => logisticFusion({ mated: [Float64Array.of(1)], nonMated: [Float64Array.of(1)] })).toThrow('same score');
    expect(() => logisticFusion({ mated: [good, good], nonMated: [good] })).toThrow('2 sources of mated scores, 1');
  });
});
