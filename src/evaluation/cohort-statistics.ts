import type { Scores } from './score-set.ts';
import { EvaluationError } from './score-set.ts';

/** How each template scores against a cohort of other people. */
export interface CohortStatistics {
  readonly mean: Float64Array; // [templates]
  readonly deviation: Float64Array; // [templates], sample standard deviation (n - 1), above zero
}

/**
 * Mean and standard deviation of each template's scores against a cohort, none of whom is in the evaluation.
 *
 * @param scores [templates, cohort], row-major.
 * @param cohort its size, at least 2.
 * @param nearest adaptive statistics: only so many of the highest scores of each row count, at least 2 (Sturim and
 *   Reynolds, ICASSP 2005). All by default.
 * @throws EvaluationError shape-mismatch, argument-out-of-range, score-not-a-number or score-out-of-range (a cohort score
 *   that is not finite), no-spread (a row whose scores are all equal), each naming the row.
 */
export function cohortStatistics(scores: Scores, cohort: number, nearest: number = cohort): CohortStatistics {
  if (!(Number.isInteger(cohort) && cohort >= 2 && scores.length % cohort === 0)) {
    throw new EvaluationError('shape-mismatch', `${scores.length} scores are not rows of a cohort of ${cohort}; 2 or more are needed.`);
  }
  if (!(Number.isInteger(nearest) && nearest >= 2 && nearest <= cohort)) {
    throw new EvaluationError('argument-out-of-range', `From 2 to ${cohort} nearest scores can be taken, not ${nearest}.`);
  }
  const templates = scores.length / cohort;
  const mean = new Float64Array(templates);
  const deviation = new Float64Array(templates);
  for (let row = 0; row < templates; row++) {
    const own = Float64Array.from(scores.subarray(row * cohort, (row + 1) * cohort));
    checkFinite(own, row);
    const counted = nearest < cohort ? own.sort().subarray(cohort - nearest) : own;
    const average = counted.reduce((sum, score) => sum + score, 0) / nearest;
    const squares = counted.reduce((sum, score) => sum + (score - average) ** 2, 0);
    // Equal scores have a spread of exactly zero only when their mean came out exactly.
    if (counted.every((score) => score === counted[0])) {
      throw new EvaluationError('no-spread', `The cohort scores of row ${row} are all equal, so they normalise nothing.`);
    }
    mean[row] = average;
    deviation[row] = Math.sqrt(squares / (nearest - 1));
  }
  return { mean, deviation };
}

function checkFinite(scores: Float64Array, row: number): void {
  for (const score of scores) {
    if (Number.isFinite(score)) continue;
    const code = Number.isNaN(score) ? 'score-not-a-number' : 'score-out-of-range';
    throw new EvaluationError(code, `A cohort score of row ${row} is ${score}: it must be finite.`);
  }
}
