import type { SortedScores } from './score-set.ts';
import { nextAbove } from './next-above.ts';
import { EvaluationError } from './score-set.ts';

/** Error counts, one a threshold. Whole numbers, or sums of weights when subjects were resampled. */
export type ErrorCounts = Uint32Array | Float64Array;

/**
 * The errors at every threshold where they can change, as columns that ascend in threshold.
 *
 * The tie rule of this product, here and everywhere: **a comparison is a match when its score >= the threshold.**
 *
 * The thresholds are every distinct score, mated or not, and then one that rejects everything: the next representable
 * number above the largest score (never Infinity, so that a threshold can be stored and shown). The first point has
 * FMR 1 and FNMR 0, the last has FMR 0 and FNMR 1; between them FMR never rises and FNMR never falls.
 */
export interface OperatingPoints {
  readonly thresholds: Float64Array; // [points]
  readonly falseMatches: ErrorCounts; // [points], non-mated scores >= threshold
  readonly falseNonMatches: ErrorCounts; // [points], mated scores < threshold
  readonly matedCount: number;
  readonly nonMatedCount: number;
}

/** One row of the operating points: rates in [0, 1]. */
export interface OperatingPoint {
  readonly threshold: number;
  /** False match rate: falseMatches / non-mated comparisons. */
  readonly fmr: number;
  /** False non-match rate: falseNonMatches / mated comparisons. */
  readonly fnmr: number;
  readonly falseMatches: number;
  readonly falseNonMatches: number;
}

/** All operating points, in one pass over sorted scores. Definitions: ISO/IEC 19795-1. */
export function operatingPoints(scores: SortedScores): OperatingPoints {
  const { mated, nonMated } = scores;
  const thresholds = distinctThresholds(scores);
  const falseMatches = new Uint32Array(thresholds.length);
  const falseNonMatches = new Uint32Array(thresholds.length);
  let matedBelow = 0;
  let nonMatedBelow = 0;
  for (let point = 0; point < thresholds.length; point++) {
    const threshold = thresholds[point]!;
    while (matedBelow < mated.length && mated[matedBelow]! < threshold) matedBelow++;
    while (nonMatedBelow < nonMated.length && nonMated[nonMatedBelow]! < threshold) nonMatedBelow++;
    falseNonMatches[point] = matedBelow;
    falseMatches[point] = nonMated.length - nonMatedBelow;
  }
  return { thresholds, falseMatches, falseNonMatches, matedCount: mated.length, nonMatedCount: nonMated.length };
}

/** Row `index` of the operating points. */
export function operatingPoint(points: OperatingPoints, index: number): OperatingPoint {
  const falseMatches = points.falseMatches[index]!;
  const falseNonMatches = points.falseNonMatches[index]!;
  return {
    threshold: points.thresholds[index]!,
    fmr: falseMatches / points.nonMatedCount,
    fnmr: falseNonMatches / points.matedCount,
    falseMatches,
    falseNonMatches,
  };
}

/**
 * The errors at any threshold, in O(log n): those of the first operating point at or above it, as no score lies between.
 *
 * @throws EvaluationError argument-out-of-range when the threshold is not a number.
 */
export function ratesAtThreshold(points: OperatingPoints, threshold: number): OperatingPoint {
  if (Number.isNaN(threshold)) throw new EvaluationError('argument-out-of-range', 'The threshold is not a number.');
  const last = points.thresholds.length - 1;
  const index = firstIndex(last, (candidate) => points.thresholds[candidate]! >= threshold);
  return { ...operatingPoint(points, index), threshold };
}

/** The least index in [0, last] where a condition that stays true once true holds; `last` if it never does. */
export function firstIndex(last: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = last;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function distinctThresholds({ mated, nonMated }: SortedScores): Float64Array {
  const thresholds = new Float64Array(mated.length + nonMated.length + 1);
  let count = 0;
  let m = 0;
  let n = 0;
  while (m < mated.length || n < nonMated.length) {
    const takeMated = n >= nonMated.length || (m < mated.length && mated[m]! <= nonMated[n]!);
    const score = takeMated ? mated[m++]! : nonMated[n++]!;
    if (count === 0 || score !== thresholds[count - 1]!) thresholds[count++] = score;
  }
  thresholds[count] = nextAbove(thresholds[count - 1]!);
  return thresholds.slice(0, count + 1);
}
