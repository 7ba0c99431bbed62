import type { RankedSubjects } from './attributed-scores.ts';
import type { OperatingPoints } from './error-rates.ts';
import type { Scores } from './score-set.ts';
import type { PairSums } from './pair-sums.ts';
import { sumByPair, weightedSum } from './pair-sums.ts';
import { originOf } from './point-lookup.ts';

type Sums = { readonly sum: number; readonly squares: number };

/**
 * Sums of scores, and of their squares about one origin, under the weights of a resample. Scores of the same two
 * subjects are added up once, at the first call; a resample then costs one pass over the pairs of subjects.
 */
export function weightedMoments(
  ranked: RankedSubjects,
  points: OperatingPoints,
  weights: Int32Array,
): { readonly mated: () => Sums; readonly nonMated: () => Sums } {
  const { subjectCount } = ranked;
  const origin = originOf(points.thresholds);
  const lazily = (scores: Scores, first: Uint32Array, second: Uint32Array): (() => Sums) => {
    let sums: PairSums | undefined;
    return () => {
      sums ??= sumByPair({ first, second, subjectCount }, offsetsAndSquares(scores, origin));
      return { sum: weightedSum(sums, weights, 0), squares: weightedSum(sums, weights, 1) };
    };
  };
  return {
    mated: lazily(ranked.scores.mated, ranked.mated, ranked.mated),
    nonMated: lazily(ranked.scores.nonMated, ranked.nonMatedFirst, ranked.nonMatedSecond),
  };
}

function offsetsAndSquares(scores: Scores, origin: number): [Float64Array, Float64Array] {
  const offsets = new Float64Array(scores.length);
  const squares = new Float64Array(scores.length);
  for (let index = 0; index < scores.length; index++) {
    const offset = scores[index]! - origin;
    offsets[index] = offset;
    squares[index] = offset * offset;
  }
  return [offsets, squares];
}
