import type { OperatingPoint, OperatingPoints } from './error-rates.ts';
import type { PointLookup } from './point-lookup.ts';
import { lookupOf, pointAt } from './point-lookup.ts';

export interface EqualErrorRate {
  /** The rate at which FMR = FNMR, in [0, 1]. */
  readonly rate: number;
  /** Where it is reached, interpolated likewise; no score need equal it. */
  readonly threshold: number;
  /** The last operating point with FMR > FNMR and the first with FMR <= FNMR: what was observed. */
  readonly below: OperatingPoint;
  readonly above: OperatingPoint;
}

/**
 * Equal error rate, by linear interpolation between the two adjoining operating points where FMR - FNMR changes sign.
 *
 * FMR - FNMR falls from 1 to -1 along the points, so the crossing exists and is unique. Constant scores give 0.5;
 * perfectly separated scores give 0 at the lowest mated score. It is not the EER of the convex hull (ROCCH).
 */
export function equalErrorRate(points: OperatingPoints): EqualErrorRate {
  return findEqualErrorRate(lookupOf(points));
}

/** `equalErrorRate` of points that are looked up. */
export function findEqualErrorRate(points: PointLookup): EqualErrorRate {
  const difference = (index: number): number =>
    points.falseMatches(index) / points.nonMatedCount - points.falseNonMatches(index) / points.matedCount;
  const index = points.firstIndex((candidate) => difference(candidate) <= 0);
  const below = pointAt(points, index - 1);
  const above = pointAt(points, index);
  const excess = difference(index - 1); // > 0
  const share = excess / (excess - difference(index)); // in (0, 1]
  return { rate: between(below.fmr, above.fmr, share), threshold: between(below.threshold, above.threshold, share), below, above };
}

function between(start: number, end: number, share: number): number {
  // A threshold of -Infinity (failures to acquire) has nothing between it and the next score.
  if (share === 1 || start === -Infinity) return end;
  return start + (end - start) * share;
}
