import type { PointLookup, ScoreSums } from './point-lookup.ts';
import type { Scores, ScoreSet } from './score-set.ts';
import { checkScores, EvaluationError } from './score-set.ts';

export interface Moments {
  readonly count: number;
  readonly mean: number;
  /** Sample variance, with n - 1. */
  readonly variance: number;
}

/**
 * d': the distance between the mated and the non-mated mean, in standard deviations:
 * (mean_mated - mean_nonMated) / sqrt((variance_mated + variance_nonMated) / 2), with sample variances (n - 1).
 * Source: Daugman, "Biometric decision landscapes", UCAM-CL-TR-482, 2000.
 *
 * @throws EvaluationError too-few-scores (two of each kind are needed), no-spread (both variances are zero),
 *   score-out-of-range (a failure scored -Infinity has no mean), and those of `checkScores`.
 */
export function dPrime(scores: ScoreSet): number {
  checkScores(scores);
  const frame = { scale: scaleFor(scores), origin: originOf(scores) };
  const mated = moments(scores.mated, frame);
  const nonMated = moments(scores.nonMated, frame);
  const spread = Math.sqrt((mated.variance + nonMated.variance) / 2);
  if (spread === 0) throw new EvaluationError('no-spread', "The scores of each kind are all equal, so d' does not exist.");
  return (mated.mean - nonMated.mean) / spread;
}

/** A score from which the others are counted, so that those far from zero keep the digits in which they differ. */
function originOf({ mated: [first = 0] }: ScoreSet): number {
  return Number.isFinite(first) ? first : 0;
}

/** A power of two under which no square of a score is lost to the range of numbers: 1 for all but outlandish scores. */
function scaleFor({ mated, nonMated }: ScoreSet): number {
  let largest = 0;
  for (const scores of [mated, nonMated]) {
    for (let index = 0; index < scores.length; index++) {
      const size = Math.abs(scores[index]!);
      if (size > largest && size !== Infinity) largest = size;
    }
  }
  return largest > 1e150 ? 2 ** -600 : largest > 0 && largest < 1e-150 ? 2 ** 600 : 1;
}

/** d' of points that are looked up; NaN where it does not exist. */
export function findDPrime(points: PointLookup): number {
  const { mated, nonMated } = points.moments();
  const spread = Math.sqrt((varianceOf(mated) + varianceOf(nonMated)) / 2);
  return spread > 0 ? (mated.sum / mated.count - nonMated.sum / nonMated.count) / spread : NaN;
}

function varianceOf({ count, sum, squares }: ScoreSums): number {
  return Math.max(0, squares - (sum * sum) / count) / (count - 1);
}

/** Where scores are counted from, and in which unit: `scale * (score - origin)`. */
interface Frame {
  readonly scale: number;
  readonly origin: number;
}

/** Mean and sample variance of the scores in a frame, in one stable pass (Welford, Technometrics 1962). */
export function moments(scores: Scores, { scale, origin }: Frame = { scale: 1, origin: 0 }): Moments {
  if (scores.length < 2) {
    throw new EvaluationError('too-few-scores', `A sample variance needs at least 2 scores; there are ${scores.length}.`);
  }
  let mean = 0;
  let squares = 0;
  for (let index = 0; index < scores.length; index++) {
    const score = scores[index]!;
    if (!Number.isFinite(score)) {
      throw new EvaluationError('score-out-of-range', score === -Infinity ? 'There are failures to acquire, whose score is -Infinity; with them there is no mean.' : `The score at index ${index} is ${score}, which has no mean.`);
    }
    const scaled = score * scale - origin * scale;
    const deviation = scaled - mean;
    mean += deviation / (index + 1);
    squares += deviation * (scaled - mean);
  }
  return { count: scores.length, mean, variance: squares / (scores.length - 1) };
}
