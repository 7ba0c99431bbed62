import type { AttributedScores } from './attributed-scores.ts';
import type { OperatingPoints } from './error-rates.ts';
import type { Figure } from './figure.ts';
import type { BootstrapPlan } from './resample-subjects.ts';
import type { Resample } from './resampler.ts';
import type { Progress } from './steps.ts';
import { acceleratedLimits } from './accelerated-limits.ts';
import { rankSubjects } from './attributed-scores.ts';
import { operatingPoints } from './error-rates.ts';
import { checkPlan, drawSubjects, leavingOut } from './resample-subjects.ts';
import { resamplerOf } from './resampler.ts';
import { EvaluationError } from './score-set.ts';
import { finish } from './steps.ts';

export type { Figure } from './figure.ts';
export type { BootstrapPlan } from './resample-subjects.ts';

export interface Interval {
  /** The figure on the scores themselves. */
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
  readonly confidence: number;
  readonly subjects: number;
  /** Resamples used, and those left out: without a mated or a non-mated comparison, or where the figure does not exist. */
  readonly replicates: number;
  readonly discarded: number;
}

const REPLICATES_PER_STEP = 10;

/**
 * Confidence intervals for figures of a score set, by resampling **subjects** with replacement, since comparisons that
 * share a person are not independent and binomial intervals come out too narrow (Schuckers 2010). A subject drawn w_i
 * times gives each of its mated scores weight w_i, and each non-mated score of the pair (i, j) weight w_i * w_j
 * (both sides are resampled; Owen, "The pigeonhole bootstrap", Annals of Applied Statistics 2007, with one sample of
 * subjects on both sides). A pair within one subject, such as two fingers of a person, has weight w_i.
 *
 * The limits are `acceleratedLimits`. They cannot leave what was observed: with zero errors the interval is [0, 0], and
 * `supportLimits(...).zeroErrorBound` is the bound to state instead.
 *
 * Cost: less than one pass over all scores a replicate for the figures of `resampled-figures.ts` (`resampler.ts` says
 * how), two for any other. Memory: about 80 bytes a score at its peak.
 *
 * @throws EvaluationError too-few-subjects (fewer than 2, or no usable resample), argument-out-of-range, shape-mismatch,
 *   and those of `checkScores`.
 */
export function bootstrapIntervals<Name extends string>(
  scores: AttributedScores,
  figures: Readonly<Record<Name, Figure>>,
  plan: BootstrapPlan,
): Record<Name, Interval> {
  return finish(bootstrapSteps(scores, figures, plan));
}

/** `bootstrapIntervals` with its progress in replicates. */
export function* bootstrapSteps<Name extends string>(
  scores: AttributedScores,
  figures: Readonly<Record<Name, Figure>>,
  plan: BootstrapPlan,
): Generator<Progress, Record<Name, Interval>> {
  const ranked = rankSubjects(scores);
  checkPlan(plan, ranked.subjectCount);
  const points = operatingPoints({ order: 'ascending', ...ranked.scores });
  const names = Object.keys(figures) as Name[];
  const resampler = resamplerOf(ranked, points);
  const drawn: Resampled<Name>[] = [];
  for (let replicate = 0; replicate < plan.replicates; replicate++) {
    if (replicate % REPLICATES_PER_STEP === 0) yield { done: replicate, total: plan.replicates };
    const resample = resampler.resample(drawSubjects(ranked.subjectCount, plan.random));
    if (resample !== undefined) drawn.push(readFigures(figures, resample));
  }
  if (drawn.length === 0) throw new EvaluationError('too-few-subjects', 'No resample of the subjects held both kinds of score.');
  const leftOut: Resampled<Name>[] = [];
  for (const weights of leavingOut(ranked.subjectCount)) {
    if (leftOut.length % REPLICATES_PER_STEP === 0) yield { done: plan.replicates, total: plan.replicates };
    const resample = resampler.resample(weights);
    if (resample !== undefined) leftOut.push(readFigures(figures, resample));
  }
  const intervalOf = (name: Name): Interval => {
    const values = Float64Array.from(drawn, (figure) => figure[name]).filter((value) => !Number.isNaN(value));
    const estimate = figures[name](points);
    return {
      estimate,
      ...acceleratedLimits({ estimate, values, leftOut: leftOut.map((figure) => figure[name]), subjects: ranked.subjectCount }, plan.confidence),
      confidence: plan.confidence,
      subjects: ranked.subjectCount,
      replicates: values.length,
      discarded: plan.replicates - values.length,
    };
  };
  return Object.fromEntries(names.map((name) => [name, intervalOf(name)])) as Record<Name, Interval>;
}

/** The figures of one resample. */
export type Resampled<Name extends string> = Record<Name, number>;

/** Reads every figure; the errors at all thresholds are counted only if one of them wants that. */
export function readFigures<Name extends string>(
  figures: Readonly<Record<Name, Figure>>,
  resample: Resample,
): Resampled<Name> {
  let points: OperatingPoints | undefined;
  const read = (figure: Figure): number =>
    figure.sparsely === undefined ? figure((points ??= resample.points())) : figure.sparsely(resample);
  return Object.fromEntries(Object.entries<Figure>(figures).map(([name, figure]) => [name, read(figure)])) as Resampled<Name>;
}
