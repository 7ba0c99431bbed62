/** A point of a ROC or DET curve. Rates in [0, 1]; `low` and `high` bound the FNMR at 95 %. */
export interface ErrorPoint {
  readonly threshold: number;
  readonly fmr: number;
  readonly fnmr: number;
  readonly low: number | null;
  readonly high: number | null;
}

/** The curve of one system over one set of comparisons. */
export interface ErrorCurve {
  readonly name: string;
  readonly points: readonly ErrorPoint[];
}

/** Several systems over the same comparisons. */
export interface ErrorCurves {
  readonly curves: readonly ErrorCurve[];
  readonly mated: number;
  readonly nonMated: number;
  /** Marked on the first curve of an exported figure; on the screen the mark lies above, where it can move. */
  readonly threshold?: number | undefined;
}

const ERRORS_FOR_RULE_OF_30 = 30; // Doddington et al., "The NIST speaker recognition evaluation", 2000

/** The rate below which fewer than 30 errors are expected, so that the curve there is a hint only. At most 1. */
export const weakBelow = (trials: number): number => Math.min(1, ERRORS_FOR_RULE_OF_30 / trials);

/**
 * The point of the curve that a threshold makes: the one with the smallest threshold that is not below it, as scores are
 * compared with `score >= threshold`. Null above the last point.
 */
export function pointAtThreshold(curve: ErrorCurve, threshold: number): ErrorPoint | null {
  let best: ErrorPoint | null = null;
  for (const point of curve.points) {
    if (point.threshold >= threshold && (best === null || point.threshold < best.threshold)) best = point;
  }
  return best;
}
