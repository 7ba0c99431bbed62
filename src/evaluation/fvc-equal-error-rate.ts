import type { OperatingPoints } from './error-rates.ts';
import { firstIndex, operatingPoint } from './error-rates.ts';

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
  const last = points.thresholds.length - 1;
  const index = firstIndex(last, (candidate) => {
    const { fmr, fnmr } = operatingPoint(points, candidate);
    return fmr <= fnmr;
  });
  const above = operatingPoint(points, index);
  const below = above.fmr === above.fnmr ? above : operatingPoint(points, index - 1);
  const chosen = below.fmr + below.fnmr <= above.fmr + above.fnmr ? below : above;
  const [low, high] = [Math.min(chosen.fmr, chosen.fnmr), Math.max(chosen.fmr, chosen.fnmr)];
  return { rate: (chosen.fmr + chosen.fnmr) / 2, low, high };
}
