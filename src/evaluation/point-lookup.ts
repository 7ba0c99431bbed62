import type { OperatingPoint, OperatingPoints } from './error-rates.ts';
import { firstIndex } from './error-rates.ts';

/**
 * Operating points seen through questions. A figure asks in few places, so that a resample of the subjects need not
 * count its errors at every threshold.
 */
export interface PointLookup {
  readonly thresholds: Float64Array; // [points], as in OperatingPoints
  readonly matedCount: number;
  readonly nonMatedCount: number;
  readonly falseMatches: (index: number) => number;
  readonly falseNonMatches: (index: number) => number;
  /** The first point where a condition that stays true once true holds; the last point if it never does. */
  readonly firstIndex: (holds: (index: number) => boolean) => number;
  /** Twice the number of pairs of a mated and a non-mated score that the mated one wins, a tie counting one. */
  readonly twiceWins: () => number;
  readonly moments: () => PairOfMoments;
}

/** Sums of scores and of their squares about an origin, one for both kinds. */
export interface PairOfMoments {
  readonly mated: ScoreSums;
  readonly nonMated: ScoreSums;
}

export interface ScoreSums {
  readonly count: number;
  readonly sum: number;
  readonly squares: number;
}

/** The lookup of operating points whose counts are all at hand. */
export function lookupOf(points: OperatingPoints): PointLookup {
  const { thresholds, falseMatches, falseNonMatches, matedCount, nonMatedCount } = points;
  return {
    thresholds,
    matedCount,
    nonMatedCount,
    falseMatches: (index) => falseMatches[index]!,
    falseNonMatches: (index) => falseNonMatches[index]!,
    firstIndex: (holds) => firstIndex(thresholds.length - 1, holds),
    twiceWins: () => twiceWins(points),
    moments: () => pairOfMoments(points),
  };
}

/** Row `index` of points that are looked up. */
export function pointAt(points: PointLookup, index: number): OperatingPoint {
  const falseMatches = points.falseMatches(index);
  const falseNonMatches = points.falseNonMatches(index);
  return {
    threshold: points.thresholds[index]!,
    fmr: falseMatches / points.nonMatedCount,
    fnmr: falseNonMatches / points.matedCount,
    falseMatches,
    falseNonMatches,
  };
}

function twiceWins({ thresholds, falseMatches, falseNonMatches, nonMatedCount }: OperatingPoints): number {
  let wins = 0;
  for (let index = 0; index + 1 < thresholds.length; index++) {
    const matedHere = falseNonMatches[index + 1]! - falseNonMatches[index]!;
    const nonMatedBelow = nonMatedCount - falseMatches[index]!;
    const nonMatedHere = falseMatches[index]! - falseMatches[index + 1]!;
    wins += matedHere * (2 * nonMatedBelow + nonMatedHere);
  }
  return wins;
}

function pairOfMoments({ thresholds, falseMatches, falseNonMatches }: OperatingPoints): PairOfMoments {
  const origin = originOf(thresholds);
  const mated = { count: 0, sum: 0, squares: 0 };
  const nonMated = { count: 0, sum: 0, squares: 0 };
  for (let index = 0; index + 1 < thresholds.length; index++) {
    const offset = thresholds[index]! - origin;
    const matedHere = falseNonMatches[index + 1]! - falseNonMatches[index]!;
    const nonMatedHere = falseMatches[index]! - falseMatches[index + 1]!;
    for (const [sums, weight] of [[mated, matedHere], [nonMated, nonMatedHere]] as const) {
      if (weight === 0) continue;
      sums.count += weight;
      sums.sum += weight * offset;
      sums.squares += weight * offset * offset;
    }
  }
  return { mated, nonMated };
}

/** A score in the middle of the ranks, to measure the others from: sums of squares about it lose no digits. */
export function originOf(thresholds: Float64Array): number {
  const middle = thresholds[thresholds.length >>> 1]!;
  return Number.isFinite(middle) ? middle : 0;
}
