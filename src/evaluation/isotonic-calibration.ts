import type { OperatingPoints } from './error-rates.ts';
import type { Scores } from './score-set.ts';
import { firstIndex } from './error-rates.ts';
import { poolAdjacentViolators } from './pool-adjacent-violators.ts';
import { EvaluationError } from './score-set.ts';

/** A rising step function from scores to natural log-likelihood ratios. */
export interface IsotonicCalibration {
  /** [steps] ascending: a step holds from its own score up to the next one's. Lower scores take the first step. */
  readonly from: Float64Array;
  /** [steps] strictly rising: ln of (mated share / non-mated share). -Infinity and Infinity where one kind is absent. */
  readonly ratios: Float64Array;
}

/**
 * Isotonic calibration (PAV; Zadrozny and Elkan, KDD 2002; as log-likelihood ratios: Brümmer and du Preez 2006). It
 * does not depend on how many comparisons of each kind there are.
 *
 * On the scores it was fitted on it is optimal and flatters itself (`minimumCllr`): judge it on others, where a step of
 * one kind alone, infinitely sure, can be infinitely wrong; `clipped` bounds it.
 */
export function isotonicCalibration(points: OperatingPoints): IsotonicCalibration {
  const pools = poolAdjacentViolators(points);
  const { matedCount, nonMatedCount } = points;
  return {
    from: Float64Array.from(pools, (pool) => pool.from),
    ratios: Float64Array.from(pools, (pool) => Math.log(pool.mated / matedCount) - Math.log(pool.nonMated / nonMatedCount)),
  };
}

/**
 * The same calibration, no ratio beyond ln(bound) either way. What a few scores can prove is at most their number:
 * a bound of N + 1 for N comparisons of the rarer kind is Laplace's rule of succession.
 *
 * @throws EvaluationError argument-out-of-range unless the bound is a finite number above 1.
 */
export function clipped(calibration: IsotonicCalibration, bound: number): IsotonicCalibration {
  if (!(bound > 1 && bound < Infinity)) {
    throw new EvaluationError('argument-out-of-range', `A bound on likelihood ratios is a number above 1, not ${bound}.`);
  }
  const limit = Math.log(bound);
  return { from: calibration.from, ratios: calibration.ratios.map((ratio) => Math.min(limit, Math.max(-limit, ratio))) };
}

/** Log-likelihood ratios of scores, in natural units. A failure to acquire (-Infinity) stays one. */
export function calibratedBySteps(scores: Scores, { from, ratios }: IsotonicCalibration): Float64Array {
  const result = new Float64Array(scores.length);
  for (let index = 0; index < result.length; index++) {
    const score = scores[index]!;
    const above = firstIndex(from.length, (step) => from[step]! > score);
    result[index] = score === -Infinity ? -Infinity : ratios[Math.max(0, above - 1)]!;
  }
  return result;
}
