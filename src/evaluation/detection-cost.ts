import type { OperatingPoint, OperatingPoints } from './error-rates.ts';
import { operatingPoint, ratesAtThreshold } from './error-rates.ts';
import { EvaluationError } from './score-set.ts';

/** What errors cost, and how often a comparison is mated where the system is used. */
export interface CostModel {
  readonly falseMatchCost: number; // > 0, any unit
  readonly falseNonMatchCost: number; // > 0, the same unit
  readonly matedPrior: number; // in (0, 1)
}

export interface DetectionCost {
  /** Expected cost of a comparison, in the unit of the costs. */
  readonly cost: number;
  /** Cost over that of the better decision made without a score (always match, or never): 1 is useless, > 1 harmful. */
  readonly normalized: number;
  readonly point: OperatingPoint;
}

/**
 * Detection cost of a pair of error rates: C_FNM * P * FNMR + C_FM * (1 - P) * FMR.
 * Source: NIST speaker recognition evaluation plans; Martin and Przybocki, Digital Signal Processing 10, 2000.
 *
 * @throws EvaluationError argument-out-of-range unless both costs are positive and the prior lies in (0, 1).
 */
export function detectionCost(rates: { readonly fmr: number; readonly fnmr: number }, model: CostModel): number {
  checkCosts(model);
  return expectedCost(rates, model);
}

/**
 * The least cost over all thresholds: what a perfect choice of threshold on these very scores would reach. Between
 * equal costs the highest threshold is taken, which has the fewest false matches.
 *
 * @throws EvaluationError as `detectionCost`.
 */
export function minimumDetectionCost(points: OperatingPoints, model: CostModel): DetectionCost {
  checkCosts(model);
  let best = 0;
  let least = Infinity;
  for (let index = 0; index < points.thresholds.length; index++) {
    const fmr = points.falseMatches[index]! / points.nonMatedCount;
    const fnmr = points.falseNonMatches[index]! / points.matedCount;
    const cost = expectedCost({ fmr, fnmr }, model);
    if (cost <= least) {
      least = cost;
      best = index;
    }
  }
  return costOf(operatingPoint(points, best), model);
}

/**
 * The cost of a threshold that was fixed beforehand. For calibrated scores (log-likelihood ratios) it is the default,
 * `bayesThreshold(model)`; the excess over the minimum cost is then what bad calibration costs.
 *
 * @throws EvaluationError as `detectionCost`, or when the threshold is not a number.
 */
export function actualDetectionCost(
  points: OperatingPoints,
  model: CostModel,
  threshold: number = bayesThreshold(model),
): DetectionCost {
  return costOf(ratesAtThreshold(points, threshold), model);
}

/**
 * The threshold on natural log-likelihood ratios that makes the expected cost least: ln(C_FM (1 - P) / (C_FNM P)).
 *
 * @throws EvaluationError as `detectionCost`.
 */
export function bayesThreshold(model: CostModel): number {
  checkCosts(model);
  const { falseMatchCost, falseNonMatchCost, matedPrior } = model;
  return Math.log(falseMatchCost / falseNonMatchCost) + Math.log((1 - matedPrior) / matedPrior);
}

function expectedCost(rates: { readonly fmr: number; readonly fnmr: number }, model: CostModel): number {
  const { falseMatchCost, falseNonMatchCost, matedPrior } = model;
  return falseNonMatchCost * matedPrior * rates.fnmr + falseMatchCost * (1 - matedPrior) * rates.fmr;
}

function costOf(point: OperatingPoint, model: CostModel): DetectionCost {
  const cost = detectionCost(point, model);
  const alwaysMatch = detectionCost({ fmr: 1, fnmr: 0 }, model);
  const neverMatch = detectionCost({ fmr: 0, fnmr: 1 }, model);
  return { cost, normalized: cost / Math.min(alwaysMatch, neverMatch), point };
}

function checkCosts({ falseMatchCost, falseNonMatchCost, matedPrior }: CostModel): void {
  for (const cost of [falseMatchCost, falseNonMatchCost]) {
    if (!(cost > 0 && cost < Infinity)) {
      throw new EvaluationError('argument-out-of-range', `A cost is a positive number, not ${cost}.`);
    }
  }
  if (!(matedPrior > 0 && matedPrior < 1)) {
    throw new EvaluationError('argument-out-of-range', `The mated prior lies between 0 and 1; ${matedPrior} does not.`);
  }
}
