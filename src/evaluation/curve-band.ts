import type { AttributedScores } from './attributed-scores.ts';
import type { Figure } from './figure.ts';
import type { BootstrapPlan } from './resample-subjects.ts';
import type { Progress } from './steps.ts';
import { bootstrapSteps } from './bootstrap.ts';
import { fnmrAtTarget } from './resampled-figures.ts';
import { EvaluationError } from './score-set.ts';
import { finish } from './steps.ts';

/** The FNMR with its limits at chosen FMRs. TMR = 1 - FNMR, so that a ROC has the limits 1 - upper and 1 - lower. */
export interface CurveBand {
  readonly fmr: Float64Array; // [abscissae], as asked for
  readonly fnmr: Float64Array; // [abscissae], at the smallest threshold whose FMR is at most that
  readonly lower: Float64Array; // [abscissae]
  readonly upper: Float64Array; // [abscissae]
  readonly confidence: number;
}

/**
 * A pointwise confidence band of a ROC or DET curve, vertical at each FMR, by resampling subjects (Macskassy and Provost
 * 2004, vertical averaging; subjects as in `bootstrapIntervals`). Pointwise: each abscissa alone is covered as often as
 * the confidence says, the whole curve less often. Each limit is corrected for itself, so a limit need not fall everywhere.
 *
 * @param abscissae FMRs in [0, 1], such as `logSpacedRates(1 / nonMated, 100)`.
 * @throws EvaluationError argument-out-of-range without an abscissa or outside [0, 1], and those of `bootstrapIntervals`.
 */
export function curveBand(scores: AttributedScores, abscissae: readonly number[], plan: BootstrapPlan): CurveBand {
  return finish(curveBandSteps(scores, abscissae, plan));
}

/** `curveBand` with its progress in replicates. */
export function* curveBandSteps(
  scores: AttributedScores,
  abscissae: readonly number[],
  plan: BootstrapPlan,
): Generator<Progress, CurveBand> {
  if (abscissae.length === 0) throw new EvaluationError('argument-out-of-range', 'A band needs at least one false match rate.');
  const figures: Record<string, Figure> = Object.fromEntries(abscissae.map((fmr, at) => [String(at), fnmrAtTarget(fmr)]));
  const intervals = yield* bootstrapSteps(scores, figures, plan);
  const column = (name: 'estimate' | 'lower' | 'upper'): Float64Array =>
    Float64Array.from(abscissae, (_, at) => intervals[String(at)]![name]);
  return {
    fmr: Float64Array.from(abscissae),
    fnmr: column('estimate'),
    lower: column('lower'),
    upper: column('upper'),
    confidence: plan.confidence,
  };
}

/**
 * Rates from `lowest` up to 1 in equal steps of their logarithm, for a curve over a logarithmic axis.
 *
 * @throws EvaluationError argument-out-of-range unless lowest lies in (0, 1) and there are 2 or more.
 */
export function logSpacedRates(lowest: number, count: number): number[] {
  if (!(lowest > 0 && lowest < 1 && Number.isInteger(count) && count >= 2)) {
    throw new EvaluationError('argument-out-of-range', `There are no ${count} rates from ${lowest} up to 1.`);
  }
  return Array.from({ length: count }, (_, at) => lowest ** (1 - at / (count - 1)));
}
