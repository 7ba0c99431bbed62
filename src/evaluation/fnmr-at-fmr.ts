import type { OperatingPoints } from './error-rates.ts';
import type { PointLookup } from './point-lookup.ts';
import type { Support } from './support-limits.ts';
import { lookupOf, pointAt } from './point-lookup.ts';
import { EvaluationError } from './score-set.ts';
import { supportFor } from './support-limits.ts';

export interface FnmrAtFmr {
  /** The FMR that was asked for. */
  readonly target: number;
  /** The FMR that the threshold has on these scores: at most the target, and the figure to report. */
  readonly achieved: number;
  readonly threshold: number;
  readonly fnmr: number;
  readonly falseMatches: number;
  readonly falseNonMatches: number;
  /** Whether the non-mated scores are many enough to speak about the target: >= 30/N, >= 1/N or below it. */
  readonly support: Support;
}

/**
 * FNMR at the smallest threshold whose FMR <= target (the conservative choice).
 *
 * The threshold is the smallest distinct score, mated or not, that satisfies this. When not even the largest score does
 * (the largest score is non-mated and the target below its share), it is the next number above the largest score, which
 * rejects everything: FMR 0 and FNMR 1 are then what the scores say. An achieved FMR of 0 is legitimate, and proves no
 * more than the bound 3/N.
 *
 * @param target in [0, 1]. A target of 0 is always `unsupported`.
 * @throws EvaluationError argument-out-of-range for any other target.
 */
export function fnmrAtFmr(points: OperatingPoints, target: number): FnmrAtFmr {
  return findFnmrAtFmr(lookupOf(points), target);
}

/** `fnmrAtFmr` of points that are looked up. */
export function findFnmrAtFmr(points: PointLookup, target: number): FnmrAtFmr {
  checkTarget(target);
  // Counts over N, compared as quotients: 3 / 3000 and 0.001 round to the same number, 0.001 * 3000 need not be 3.
  const index = points.firstIndex((candidate) => points.falseMatches(candidate) / points.nonMatedCount <= target);
  const { threshold, fmr, fnmr, falseMatches, falseNonMatches } = pointAt(points, index);
  const support = supportFor(target, points.nonMatedCount);
  return { target, achieved: fmr, threshold, fnmr, falseMatches, falseNonMatches, support };
}

/** @throws EvaluationError argument-out-of-range unless the target is a rate in [0, 1]. */
export function checkTarget(target: number): void {
  if (!(target >= 0 && target <= 1)) {
    throw new EvaluationError('argument-out-of-range', `A target false match rate lies in [0, 1]; ${target} does not.`);
  }
}
