import type { Figure } from './bootstrap.ts';
import { equalErrorRate } from './equal-error-rate.ts';
import { ratesAtThreshold } from './error-rates.ts';
import { fnmrAtFmr } from './fnmr-at-fmr.ts';

/** FMR at a fixed threshold. */
export const fmrAtThreshold =
  (threshold: number): Figure =>
  (points) =>
    ratesAtThreshold(points, threshold).fmr;

/** FNMR at a fixed threshold. */
export const fnmrAtThreshold =
  (threshold: number): Figure =>
  (points) =>
    ratesAtThreshold(points, threshold).fnmr;

/** FNMR at a target FMR, the threshold chosen anew in each resample. */
export const fnmrAtTarget =
  (target: number): Figure =>
  (points) =>
    fnmrAtFmr(points, target).fnmr;

/** Equal error rate. */
export const equalErrorFigure: Figure = (points) => equalErrorRate(points).rate;
