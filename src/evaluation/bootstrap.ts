import type { AttributedScores } from './attributed-scores.ts';
import type { Figure } from './figure.ts';
import type { BootstrapPlan } from './resample-subjects.ts';
import type { Progress } from './steps.ts';
import type { RankedPoints, ResampledFigure } from './subject-resamples.ts';
import { EvaluationError } from './score-set.ts';
import { checkPlan, checkSubjects } from './resample-subjects.ts';
import { finish } from './steps.ts';
import { rankedPoints, resampledLimits, resampleSteps } from './subject-resamples.ts';

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

/**
 * Confidence intervals for figures of a score set, by resampling **subjects** with replacement, since comparisons that
 * share a person are not independent and binomial intervals come out too narrow (Schuckers 2010). A subject drawn w_i
 * times gives each of its mated scores weight w_i, and each non-mated score of the pair (i, j) weight w_i * w_j
 * (both sides are resampled; Owen, "The pigeonhole bootstrap", Annals of Applied Statistics 2007, with one sample of
 * subjects on both sides). A pair within one subject, such as two fingers of a person, has weight w_i.
 *
 * Those weights count the noise of single pairs three times; `withoutDoubleNoise` takes off what is too much.
 *
 * The limits are `subjectLimits`. They cannot leave what was observed: with zero errors the interval is [0, 0];
 * `rateLimits` has what is to be stated instead.
 *
 * Cost: less than one pass over all scores a replicate for the figures of `resampled-figures.ts` (`resampler.ts` says
 * how), two for any other. Memory: about 60 bytes a score at its peak.
 *
 * @throws EvaluationError too-few-subjects (fewer than `FEWEST_SUBJECTS`, or no usable resample), argument-out-of-range, shape-mismatch,
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
  return yield* rankedBootstrapSteps(rankedPoints(scores), figures, plan);
}

/** `bootstrapSteps` of scores that are ranked already. */
export function* rankedBootstrapSteps<Name extends string>(
  ranked: RankedPoints,
  figures: Readonly<Record<Name, Figure>>,
  plan: BootstrapPlan,
): Generator<Progress, Record<Name, Interval>> {
  checkPlan(plan, ranked.ranked.subjectCount);
  checkSubjects(ranked.ranked.subjectCount);
  const shown = yield* resampleSteps(ranked, figures, plan);
  if (Object.values<ResampledFigure>(shown).some(({ drawn }) => drawn.length === 0)) {
    throw new EvaluationError('too-few-subjects', 'No resample of the subjects held both kinds of score.');
  }
  const intervalOf = ([name, resampled]: [string, ResampledFigure]): [string, Interval] => {
    const { replicates, ...limits } = resampledLimits(resampled, plan.confidence);
    const counts = { subjects: resampled.influence.length, replicates, discarded: plan.replicates - replicates };
    return [name, { estimate: resampled.estimate, ...limits, confidence: plan.confidence, ...counts }];
  };
  return Object.fromEntries(Object.entries<ResampledFigure>(shown).map(intervalOf)) as Record<Name, Interval>;
}
