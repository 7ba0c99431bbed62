import type { OperatingPoints } from './error-rates.ts';
import type { PointLookup } from './point-lookup.ts';
import { lookupOf, pointAt } from './point-lookup.ts';

/** The equal error rate as an interval, and the middle of it. Rates in [0, 1]. */
export interface FvcEqualErrorRate {
  readonly rate: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Equal error rate in the manner of FVC2000 (Maio et al., IEEE TPAMI 24, 2002) and pyeer: of the two operating points
 * around the crossing the one with the smaller FMR + FNMR, its two rates as limits and their mean as the rate. It is not
 * interpolated, and differs from `equalErrorRate` where scores are few.
 */
export function fvcEqualErrorRate(points: OperatingPoints): FvcEqualErrorRate {
  return findFvcEqualErrorRate(lookupOf(points));
}

/** `fvcEqualErrorRate` of points that are looked up. */
export function findFvcEqualErrorRate(points: PointLookup): FvcEqualErrorRate {
  const index = points.firstIndex((candidate) => {
    const { fmr, fnmr } = pointAt(points, candidate);
    return fmr <= fnmr;
  });
  const above = pointAt(points, index);
  const below = above.fmr === above.fnmr ? above : pointAt(points, index - 1);
  const chosen = below.fmr + below.fnmr <= above.fmr + above.fnmr ? below : above;
  const [low, high] = [Math.min(chosen.fmr, chosen.fnmr), Math.max(chosen.fmr, chosen.fnmr)];
  return { rate: (chosen.fmr + chosen.fnmr) / 2, low, high };
}
