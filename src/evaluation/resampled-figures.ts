import type { OperatingPoints } from './error-rates.ts';
import type { Figure } from './figure.ts';
import type { PointLookup } from './point-lookup.ts';
import { findAreaUnderCurve } from './area-under-curve.ts';
import { findDPrime } from './d-prime.ts';
import { findEqualErrorRate } from './equal-error-rate.ts';
import { firstIndex } from './error-rates.ts';
import { figureOf } from './figure.ts';
import { findFvcEqualErrorRate } from './fvc-equal-error-rate.ts';
import { findFnmrAtFmr } from './fnmr-at-fmr.ts';
import { lookupOf, pointAt } from './point-lookup.ts';
import { EvaluationError } from './score-set.ts';

/** FMR at a fixed threshold. */
export const fmrAtThreshold = (threshold: number): Figure => figureOf((points) => rates(points, threshold).fmr);

/** FNMR at a fixed threshold. */
export const fnmrAtThreshold = (threshold: number): Figure => figureOf((points) => rates(points, threshold).fnmr);

/** FNMR at a target FMR, the threshold chosen anew in each resample. */
export const fnmrAtTarget = (target: number): Figure => Object.assign(figureOf((points) => findFnmrAtFmr(points, target).fnmr), {
  movedLike: (points: OperatingPoints) => fmrAtThreshold(findFnmrAtFmr(lookupOf(points), target).threshold),
});

/** Equal error rate. */
export const equalErrorFigure: Figure = Object.assign(figureOf((points) => findEqualErrorRate(points).rate), {
  movedLike: (points: OperatingPoints) => fmrAtThreshold(findEqualErrorRate(lookupOf(points)).threshold),
});

/** Equal error rate in the manner of FVC2000. */
export const fvcEqualErrorFigure: Figure = Object.assign(figureOf((points) => findFvcEqualErrorRate(points).rate), { movedLike: equalErrorFigure.movedLike });

/** Area under the ROC curve. */
export const areaFigure: Figure = figureOf(findAreaUnderCurve);

/** d'; NaN in a resample without spread or with a failure scored -Infinity. */
export const dPrimeFigure: Figure = figureOf(findDPrime);

function rates(points: PointLookup, threshold: number): { fmr: number; fnmr: number } {
  if (Number.isNaN(threshold)) throw new EvaluationError('argument-out-of-range', 'The threshold is not a number.');
  // Thresholds need no counting, so they are searched by themselves.
  const index = firstIndex(points.thresholds.length - 1, (candidate) => points.thresholds[candidate]! >= threshold);
  return pointAt(points, index);
}
