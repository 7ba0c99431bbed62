import type { CostModel } from './detection-cost.ts';
import type { OperatingPoints } from './error-rates.ts';
import type { Figure } from './figure.ts';
import { minimumCllr } from './cllr.ts';
import { actualDetectionCost, bayesThreshold, minimumDetectionCost } from './detection-cost.ts';

/** How scores become natural log-likelihood ratios: scale * score + offset, with a scale above 0. */
export interface RatioMap {
  readonly scale: number;
  readonly offset: number;
}

export const AS_THEY_ARE: RatioMap = { scale: 1, offset: 0 };

/** More comparisons than these are not resampled for costs: each resample counts its errors at every threshold. */
export const MOST_FOR_COSTS = 200_000;

/**
 * Costs of the scores of a resample as ratios that were fixed beforehand (normalised costs, Cllr in bits), and the least that
 * any threshold or any rising map could reach, chosen anew in each resample.
 */
export const costFigures = (model: CostModel, map: RatioMap = AS_THEY_ARE): Record<'minimumCost' | 'actualCost' | 'cllr' | 'minimumCllr', Figure> => ({
  minimumCost: (points) => minimumDetectionCost(points, model).normalized,
  actualCost: (points) => actualDetectionCost(points, model, (bayesThreshold(model) - map.offset) / map.scale).normalized,
  cllr: (points) => cllrOfPoints(points, map),
  minimumCllr,
});

/** `cllr` of weighted scores; NaN with a mated failure, whose cost is infinite. */
function cllrOfPoints({ thresholds, falseMatches, falseNonMatches, matedCount, nonMatedCount }: OperatingPoints, { scale, offset }: RatioMap): number {
  let [mated, nonMated] = [0, 0];
  for (let index = 0; index + 1 < thresholds.length; index++) {
    const ratio = scale * thresholds[index]! + offset;
    const matedHere = falseNonMatches[index + 1]! - falseNonMatches[index]!;
    const nonMatedHere = falseMatches[index]! - falseMatches[index + 1]!;
    if (matedHere > 0) mated += matedHere * softplus(-ratio);
    if (nonMatedHere > 0) nonMated += nonMatedHere * softplus(ratio);
  }
  const bits = (mated / matedCount + nonMated / nonMatedCount) / 2 / Math.LN2;
  return Number.isFinite(bits) ? bits : NaN;
}

/** ln(1 + e^x), without overflow. */
const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
