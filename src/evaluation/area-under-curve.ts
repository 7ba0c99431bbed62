import type { OperatingPoints } from './error-rates.ts';
import type { PointLookup } from './point-lookup.ts';
import { lookupOf } from './point-lookup.ts';

/**
 * Area under the ROC curve on linear axes: the chance that a mated score exceeds a non-mated one, a tie counting half
 * (the Mann-Whitney statistic over both counts; Hanley and McNeil, Radiology 1982). In [0, 1]; 0.5 is chance.
 *
 * Twice the number of wins is summed, a whole number, so the result is exact up to 2^52 pairs.
 */
export function areaUnderCurve(points: OperatingPoints): number {
  return findAreaUnderCurve(lookupOf(points));
}

/** `areaUnderCurve` of points that are looked up. */
export function findAreaUnderCurve(points: PointLookup): number {
  return points.twiceWins() / (2 * points.matedCount * points.nonMatedCount);
}
