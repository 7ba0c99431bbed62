import { normalDeviate } from './normal-deviate.ts';
import { normalProbability } from './normal-probability.ts';
import { quantile } from './quantile.ts';
import type { ResampledShape } from './resampled-shape.ts';

/** Below which the expansion of Student's t is worth nothing. */
const LEAST_FREEDOM = 4;

export interface ResampledValues {
  readonly estimate: number;
  /** Of the figure over the resamples. */
  readonly values: Float64Array;
  readonly shape: ResampledShape;
  readonly subjects: number;
}

/**
 * Limits of a confidence interval from resamples, corrected for bias and skewness (BCa; Efron, JASA 82, 1987) and, as few
 * subjects make resamples too narrow, widened to Student's t with n / (n - 1) (the expanded percentile interval of
 * Hesterberg, The American Statistician 69, 2015). Error rates are skewed: plain percentiles miss the truth on one side.
 *
 * The interval holds its estimate. It cannot leave what the resamples showed.
 */
export function acceleratedLimits(resampled: ResampledValues, confidence: number): { lower: number; upper: number } {
  const { estimate, values, shape: { acceleration, freedom }, subjects } = resampled;
  if (values.length === 0) return { lower: NaN, upper: NaN };
  const sorted = values.slice().sort();
  const bias = normalDeviate(shareBelow(sorted, estimate));
  const wide = studentDeviate((1 + confidence) / 2, Math.max(LEAST_FREEDOM, freedom)) * Math.sqrt(subjects / (subjects - 1));
  const limit = (deviate: number): number => {
    const moved = bias + deviate;
    const shrink = 1 - acceleration * moved;
    // At 0 the limit is as far out as can be; beyond, the formula would come back from the other side.
    return quantile(sorted, normalProbability(bias + (shrink > 0 ? moved / shrink : Math.sign(moved) * Infinity)));
  };
  return { lower: Math.min(limit(-wide), estimate), upper: Math.max(limit(wide), estimate) };
}

/** Ties count half; never nothing nor everything, of which no deviate exists. */
function shareBelow(sorted: Float64Array, estimate: number): number {
  let twice = 0;
  for (let at = 0; at < sorted.length; at++) twice += sorted[at]! < estimate ? 2 : sorted[at] === estimate ? 1 : 0;
  const share = twice / (2 * sorted.length);
  const least = 1 / (2 * sorted.length);
  return Math.min(Math.max(share, least), 1 - least);
}

/** Student's t quantile by its expansion about the normal one (Fisher and Cornish, Technometrics 2, 1960). */
function studentDeviate(probability: number, freedom: number): number {
  const z = normalDeviate(probability);
  return z + (z ** 3 + z) / (4 * freedom) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * freedom ** 2);
}
