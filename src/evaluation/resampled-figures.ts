import type { CostModel } from './detection-cost.ts';
import type { Figure } from './figure.ts';
import type { PointLookup } from './point-lookup.ts';
import { findAreaUnderCurve } from './area-under-curve.ts';
import { minimumCllr } from './cllr.ts';
import { findDPrime } from './d-prime.ts';
import { minimumDetectionCost } from './detection-cost.ts';
import { findEqualErrorRate } from './equal-error-rate.ts';
import { firstIndex } from './error-rates.ts';
import { figureOf } from './figure.ts';
import { findFnmrAtFmr } from './fnmr-at-fmr.ts';
import { pointAt } from './point-lookup.ts';
import { EvaluationError } from './score-set.ts';

/** FMR at a fixed threshold. */
export const fmrAtThreshold = (threshold: number): Figure => figureOf((points) => rates(points, threshold).fmr);

/** FNMR at a fixed threshold. */
export const fnmrAtThreshold = (threshold: number): Figure => figureOf((points) => rates(points, threshold).fnmr);

/** FNMR at a target FMR, the threshold chosen anew in each resample. */
export const fnmrAtTarget = (target: number): Figure => figureOf((points) => findFnmrAtFmr(points, target).fnmr);

/** Equal error rate. */
export const equalErrorFigure: Figure = figureOf((points) => findEqualErrorRate(points).rate);

/** Area under the ROC curve. */
export const areaFigure: Figure = figureOf(findAreaUnderCurve);

/** d'; NaN in a resample without spread or with a failure scored -Infinity. */
export const dPrimeFigure: Figure = figureOf(findDPrime);

/** Least detection cost, the threshold chosen anew in each resample. */
export const minimumCostFigure =
  (model: CostModel): Figure =>
  (points) =>
    minimumDetectionCost(points, model).cost;

/** Least Cllr. */
export const minimumCllrFigure: Figure = minimumCllr;

function rates(points: PointLookup, threshold: number): { fmr: number; fnmr: number } {
  if (Number.isNaN(threshold)) throw new EvaluationError('argument-out-of-range', 'The threshold is not a number.');
  // Thresholds need no counting, so they are searched by themselves.
  const index = firstIndex(points.thresholds.length - 1, (candidate) => points.thresholds[candidate]! >= threshold);
  return pointAt(points, index);
}
