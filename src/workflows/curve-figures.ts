import type { Figure } from '../evaluation/bootstrap.ts';
import type { OperatingPoints } from '../evaluation/error-rates.ts';
import { fnmrAtTarget } from '../evaluation/resampled-figures.ts';

/**
 * Figures that give the FNMR at each FMR of a curve, as `fnmrAtTarget` does for one. The FMRs of a curve only fall, so one
 * walk along a resample's points serves all of them: the figures of one resample share it.
 *
 * @param rates falling, in [0, 1].
 */
export function curveFigures(rates: Float64Array): Figure[] {
  let walked: OperatingPoints | null = null;
  let band: Float64Array = new Float64Array(0);
  return Array.from(rates, (rate, index): Figure => Object.assign((points: OperatingPoints) => {
    if (points !== walked) {
      band = fnmrsAtFallingFmrs(points, rates);
      walked = points;
    }
    return band[index]!;
  }, { movedLike: fnmrAtTarget(rate).movedLike! }));
}

/** FNMR at the smallest threshold whose FMR is at most each rate. */
function fnmrsAtFallingFmrs({ falseMatches, falseNonMatches, matedCount, nonMatedCount }: OperatingPoints, rates: Float64Array): Float64Array {
  const band = new Float64Array(rates.length);
  let index = 0;
  for (let rate = 0; rate < rates.length; rate++) {
    let high = falseMatches.length - 1;
    while (index < high) {
      const middle = (index + high) >>> 1;
      if (falseMatches[middle]! / nonMatedCount <= rates[rate]!) high = middle;
      else index = middle + 1;
    }
    band[rate] = falseNonMatches[index]! / matedCount;
  }
  return band;
}
