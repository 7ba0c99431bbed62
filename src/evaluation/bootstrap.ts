import type { AttributedScores, RankedSubjects } from './attributed-scores.ts';
import type { OperatingPoints } from './error-rates.ts';
import type { Random } from './random.ts';
import type { Progress } from './steps.ts';
import { rankSubjects } from './attributed-scores.ts';
import { operatingPoints } from './error-rates.ts';
import { randomInteger } from './random.ts';
import { EvaluationError } from './score-set.ts';
import { finish } from './steps.ts';

/** A figure read from operating points; `resampled-figures.ts` holds the usual ones. */
export type Figure = (points: OperatingPoints) => number;

export interface BootstrapPlan {
  /** Resamples to draw; 1000 or more for 95 % limits. */
  readonly replicates: number;
  /** Two-sided coverage aimed at, in (0, 1), such as 0.95. */
  readonly confidence: number;
  readonly random: Random;
}

export interface Interval {
  /** The figure on the scores themselves. */
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
  readonly confidence: number;
  readonly subjects: number;
  /** Resamples used, and those left out because they held no mated or no non-mated comparison. */
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
 * The limits are percentiles (Efron). They cannot leave what was observed: with zero errors the interval is [0, 0], and
 * `supportLimits(...).zeroErrorBound` is the bound to state instead.
 *
 * Cost: one pass over all scores a replicate. Memory: about 32 bytes a score while it runs.
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
  checkPlan(plan);
  const ranked = rankSubjects(scores);
  if (ranked.subjectCount < 2) {
    throw new EvaluationError('too-few-subjects', 'Resampling subjects needs at least 2 subjects.');
  }
  const points = operatingPoints({ order: 'ascending', ...ranked.scores });
  const names = Object.keys(figures) as Name[];
  const drawn = new Map(names.map((name) => [name, new Float64Array(plan.replicates)]));
  const weigh = weigher(ranked, points);
  let used = 0;
  for (let replicate = 0; replicate < plan.replicates; replicate++) {
    if (replicate % REPLICATES_PER_STEP === 0) yield { done: replicate, total: plan.replicates };
    const resampled = weigh(drawSubjects(ranked.subjectCount, plan.random));
    if (resampled === undefined) continue;
    for (const name of names) drawn.get(name)![used] = figures[name](resampled);
    used++;
  }
  if (used === 0) throw new EvaluationError('too-few-subjects', 'No resample of the subjects held both kinds of score.');
  const counts = { subjects: ranked.subjectCount, replicates: used, discarded: plan.replicates - used };
  const intervalOf = (name: Name): Interval => ({
    estimate: figures[name](points),
    ...percentiles(drawn.get(name)!.subarray(0, used), plan.confidence),
    confidence: plan.confidence,
    ...counts,
  });
  return Object.fromEntries(names.map((name) => [name, intervalOf(name)])) as Record<Name, Interval>;
}

/** How often each subject is drawn in one resample of as many subjects. */
function drawSubjects(subjectCount: number, random: Random): Float64Array {
  const weights = new Float64Array(subjectCount);
  for (let draw = 0; draw < subjectCount; draw++) weights[randomInteger(random, subjectCount)]!++;
  return weights;
}

/** The same operating points under the weights of a resample; undefined when a kind of score has no weight at all. */
function weigher(ranked: RankedSubjects, points: OperatingPoints): (weights: Float64Array) => OperatingPoints | undefined {
  const { mated, nonMatedFirst, nonMatedSecond } = ranked;
  const length = points.thresholds.length;
  const falseMatches = new Float64Array(length);
  const falseNonMatches = new Float64Array(length);
  return (weights) => {
    let matedCount = 0;
    let nonMatedCount = 0;
    let m = 0;
    let n = 0;
    for (let point = 0; point < length; point++) {
      const matedBelow = points.falseNonMatches[point]!;
      const nonMatedBelow = points.nonMatedCount - points.falseMatches[point]!;
      for (; m < matedBelow; m++) matedCount += weights[mated[m]!]!;
      for (; n < nonMatedBelow; n++) {
        const first = nonMatedFirst[n]!;
        const second = nonMatedSecond[n]!;
        nonMatedCount += first === second ? weights[first]! : weights[first]! * weights[second]!;
      }
      falseNonMatches[point] = matedCount;
      falseMatches[point] = nonMatedCount; // the weight below, turned over when the total is known
    }
    if (matedCount === 0 || nonMatedCount === 0) return undefined;
    for (let point = 0; point < length; point++) falseMatches[point] = nonMatedCount - falseMatches[point]!;
    return { thresholds: points.thresholds, falseMatches, falseNonMatches, matedCount, nonMatedCount };
  };
}

/** Both percentile limits, interpolated linearly between order statistics (Hyndman and Fan 1996, type 7). */
function percentiles(values: Float64Array, confidence: number): { lower: number; upper: number } {
  const sorted = values.slice().sort();
  const quantile = (probability: number): number => {
    const position = probability * (sorted.length - 1);
    const below = Math.floor(position);
    const low = sorted[below]!;
    const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
    return low + (high - low) * (position - below);
  };
  return { lower: quantile((1 - confidence) / 2), upper: quantile((1 + confidence) / 2) };
}

function checkPlan({ replicates, confidence }: BootstrapPlan): void {
  if (!Number.isInteger(replicates) || replicates < 1) {
    throw new EvaluationError('argument-out-of-range', `A whole number of replicates is needed, not ${replicates}.`);
  }
  if (!(confidence > 0 && confidence < 1)) {
    throw new EvaluationError('argument-out-of-range', `A confidence lies between 0 and 1; ${confidence} does not.`);
  }
}
