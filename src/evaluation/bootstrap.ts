import type { AttributedScores, RankedSubjects } from './attributed-scores.ts';
import type { OperatingPoints } from './error-rates.ts';
import type { Figure } from './figure.ts';
import type { BootstrapPlan } from './resample-subjects.ts';
import type { Resample } from './resampler.ts';
import type { Progress } from './steps.ts';
import type { Drawn } from './without-double-noise.ts';
import { acceleratedLimits } from './accelerated-limits.ts';
import { rankSubjects } from './attributed-scores.ts';
import { operatingPoints } from './error-rates.ts';
import { checkPlan, drawSubjects, halvings, leavingOut } from './resample-subjects.ts';
import { resamplerOf } from './resampler.ts';
import { EvaluationError } from './score-set.ts';
import { finish } from './steps.ts';
import { noiseScale, withoutDoubleNoise } from './without-double-noise.ts';

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
 * Those weights count the noise of single pairs three times; `withoutDoubleNoise` takes off what is too much.
 *
 * The limits are `acceleratedLimits`. They cannot leave what was observed: with zero errors the interval is [0, 0], and
 * `supportLimits(...).zeroErrorBound` is the bound to state instead.
 *
 * Cost: less than one pass over all scores a replicate for the figures of `resampled-figures.ts` (`resampler.ts` says
 * how), two for any other. Memory: about 60 bytes a score at its peak.
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
  return yield* rankedBootstrapSteps(rankedPoints(scores), figures, plan);
}

/** Scores ranked once, for those who need their operating points besides. */
export interface RankedPoints {
  readonly ranked: RankedSubjects;
  readonly points: OperatingPoints;
}

/** @throws EvaluationError as `rankSubjects`. */
export function rankedPoints(scores: AttributedScores): RankedPoints {
  const ranked = rankSubjects(scores);
  return { ranked, points: operatingPoints({ order: 'ascending', ...ranked.scores }) };
}

/** `bootstrapSteps` of scores that are ranked already. */
export function* rankedBootstrapSteps<Name extends string>(
  { ranked, points }: RankedPoints,
  figures: Readonly<Record<Name, Figure>>,
  plan: BootstrapPlan,
): Generator<Progress, Record<Name, Interval>> {
  checkPlan(plan, ranked.subjectCount);
  const names = Object.keys(figures) as Name[];
  const likeOf = (name: Name): string => (figures[name].movedLike === undefined ? name : `${name}, like`);
  const alike: Readonly<Record<string, Figure>> = Object.fromEntries(names.map((name) => [likeOf(name), figures[name].movedLike?.(points) ?? figures[name]]));
  const read: Readonly<Record<string, Figure>> = { ...figures, ...alike };
  const resampler = resamplerOf(ranked, points);
  const drawn: { readonly both: Resampled<string>; readonly mated: Resampled<string> }[] = [];
  for (let replicate = 0; replicate < plan.replicates; replicate++) {
    if (replicate % REPLICATES_PER_STEP === 0) yield { done: replicate, total: plan.replicates };
    const weights = drawSubjects(ranked.subjectCount, plan.random);
    const resample = resampler.resample(weights);
    if (resample === undefined) continue;
    const both = readFigures(read, resample);
    drawn.push({ both, mated: readFigures(read, resample.matedAlone()) });
  }
  if (drawn.length === 0) throw new EvaluationError('too-few-subjects', 'No resample of the subjects held both kinds of score.');
  const leftOut = yield* readAll(figures, { weights: leavingOut(ranked.subjectCount), resample: resampler.resample, total: plan.replicates });
  const halved = yield* readAll(alike, { weights: halvings(ranked.subjectCount, plan.random), resample: resampler.halvePairs, total: plan.replicates });
  const intervalOf = (name: Name): Interval => {
    const estimate = figures[name](points);
    const drawnOf = (key: string): Drawn => drawn.map(({ both, mated }) => [both[key]!, mated[key]!] as const).filter(([both, mated]) => !Number.isNaN(both - mated));
    const like = likeOf(name);
    const scale = noiseScale({ drawn: drawnOf(like), ofPairs: halved.map((figure) => figure[like]!), subjects: ranked.subjectCount });
    const values = withoutDoubleNoise(drawnOf(name), scale);
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

interface FurtherResamples {
  readonly weights: Iterable<Int32Array>;
  readonly resample: (weights: Int32Array) => Resample | undefined;
  /** What the replicates before them came to: they have no progress of their own. */
  readonly total: number;
}

/** The figures of each of these resamples that has some. */
function* readAll<Name extends string>(figures: Readonly<Record<Name, Figure>>, { weights, resample, total }: FurtherResamples): Generator<Progress, Resampled<Name>[]> {
  const read: Resampled<Name>[] = [];
  for (const each of weights) {
    if (read.length % REPLICATES_PER_STEP === 0) yield { done: total, total };
    const resampled = resample(each);
    if (resampled !== undefined) read.push(readFigures(figures, resampled));
  }
  return read;
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
