import type { CostModel } from './detection-cost.ts';
import type { ScoreSet, Scores } from './score-set.ts';
import { cllr, minimumCllr } from './cllr.ts';
import { actualDetectionCost, minimumDetectionCost } from './detection-cost.ts';
import { operatingPoints } from './error-rates.ts';
import { calibratedBySteps, clipped, isotonicCalibration } from './isotonic-calibration.ts';
import { calibrated, logisticCalibration } from './logistic-calibration.ts';
import { EvaluationError, sortScores } from './score-set.ts';

/** What scores cost when they are read as natural log-likelihood ratios. */
export interface RatioCosts {
  /** Bits; null where a mated failure to acquire makes it infinite. */
  readonly cllr: number | null;
  readonly minimumCllr: number;
  /** Normalised detection costs: at the Bayes threshold of the ratios, and at the best one. */
  readonly actualCost: number;
  readonly minimumCost: number;
}

export interface CalibrationMap {
  readonly kind: 'logistic' | 'isotonic';
  /** Why these development scores give no such map. */
  readonly refusal: string | null;
  /** Of the logistic map: ratio = scale * score + offset. */
  readonly scale: number | null;
  readonly offset: number | null;
  readonly after: RatioCosts | null;
}

export interface CalibrationFigures {
  readonly fittedOn: { readonly mated: number; readonly nonMated: number };
  /** Of the scores as they are. */
  readonly before: RatioCosts;
  readonly maps: readonly CalibrationMap[];
}

/**
 * Fits both calibrations on development scores and judges them on others, before and after. The isotonic map's ratios are clipped at
 * what the rarer kind can prove, so that a step of one kind alone is not infinitely sure. Failures to acquire take no part in the fit.
 *
 * @throws EvaluationError where one side lacks a kind of score.
 */
export function calibrationFigures(development: ScoreSet, evaluated: ScoreSet, costs: CostModel): CalibrationFigures {
  const fitted = { mated: withoutFailures(development.mated), nonMated: withoutFailures(development.nonMated) };
  const before = ratioCosts(evaluated, costs);
  return { fittedOn: { mated: fitted.mated.length, nonMated: fitted.nonMated.length }, before, maps: [logistic(fitted, evaluated, costs), isotonic(fitted, evaluated, costs)] };
}

/** @throws EvaluationError no-mated-scores, no-non-mated-scores and those of `checkScores`. */
export function ratioCosts(ratios: ScoreSet, costs: CostModel): RatioCosts {
  const points = operatingPoints(sortScores(ratios));
  const isInfinite = ratios.mated.includes(-Infinity);
  return {
    cllr: isInfinite ? null : cllr(ratios), minimumCllr: minimumCllr(points),
    actualCost: actualDetectionCost(points, costs).normalized, minimumCost: minimumDetectionCost(points, costs).normalized,
  };
}

function logistic(fitted: ScoreSet, { mated, nonMated }: ScoreSet, costs: CostModel): CalibrationMap {
  return attempted('logistic', () => {
    const map = logisticCalibration(fitted, { matedPrior: 0.5, targets: 'smoothed' });
    const after = ratioCosts({ mated: calibrated(mated, map), nonMated: calibrated(nonMated, map) }, costs);
    return { scale: map.scale, offset: map.offset, after };
  });
}

function isotonic(fitted: ScoreSet, { mated, nonMated }: ScoreSet, costs: CostModel): CalibrationMap {
  return attempted('isotonic', () => {
    const bound = Math.min(fitted.mated.length, fitted.nonMated.length) + 1;
    const map = clipped(isotonicCalibration(operatingPoints(sortScores(fitted))), bound);
    const after = ratioCosts({ mated: calibratedBySteps(mated, map), nonMated: calibratedBySteps(nonMated, map) }, costs);
    return { scale: null, offset: null, after };
  });
}

function attempted(kind: CalibrationMap['kind'], fit: () => Pick<CalibrationMap, 'scale' | 'offset' | 'after'>): CalibrationMap {
  try {
    return { kind, refusal: null, ...fit() };
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    return { kind, refusal: error.message, scale: null, offset: null, after: null };
  }
}

const withoutFailures = (scores: Scores): Float64Array => Float64Array.from(scores).filter((score) => score !== -Infinity);
