import type { Interval } from './bootstrap.ts';
import type { CostModel } from './detection-cost.ts';
import type { OperatingPoints } from './error-rates.ts';
import type { Figure } from './figure.ts';
import type { BootstrapPlan } from './resample-subjects.ts';
import type { CollectedScores } from './score-rows.ts';
import type { EvaluationErrorCode, Scores, ScoreSet } from './score-set.ts';
import type { Progress } from './steps.ts';
import type { RankedPoints } from './subject-resamples.ts';
import type { Support, SupportLimits } from './support-limits.ts';
import { areaUnderCurve } from './area-under-curve.ts';
import { countSubjects } from './attributed-scores.ts';
import { rankedBootstrapSteps } from './bootstrap.ts';
import { cllr, minimumCllr } from './cllr.ts';
import { costFigures, MOST_FOR_COSTS } from './cost-figures.ts';
import { dPrime } from './d-prime.ts';
import { actualDetectionCost, minimumDetectionCost } from './detection-cost.ts';
import { equalErrorRate } from './equal-error-rate.ts';
import { operatingPoints } from './error-rates.ts';
import { fnmrAtFmr } from './fnmr-at-fmr.ts';
import { fvcEqualErrorRate } from './fvc-equal-error-rate.ts';
import { areaFigure, dPrimeFigure, equalErrorFigure, fnmrAtTarget, fvcEqualErrorFigure } from './resampled-figures.ts';
import { EvaluationError, sortScores } from './score-set.ts';
import { finish } from './steps.ts';
import { rankedPoints } from './subject-resamples.ts';
import { rateLimits, statedLimits } from './stated-limits.ts';
import { supportLimits } from './support-limits.ts';
import { zeroFmr, zeroFnmr } from './zero-fmr.ts';

/** A figure, with its interval where subjects are known, or why it does not exist for these scores. */
export type Metric = number | MetricWithInterval | MissingMetric;

export interface MetricWithInterval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface MissingMetric {
  readonly error: { readonly code: EvaluationErrorCode; readonly message: string };
}

export interface FnmrAtFmrMetric {
  readonly target: number;
  readonly achieved: number;
  readonly threshold: number;
  readonly fnmr: number | MetricWithInterval;
  readonly support: Support;
}

/** Figures of a score file, as plain data for JSON. Every rate in [0, 1]. */
export interface ScoreMetrics {
  readonly matedCount: number;
  readonly nonMatedCount: number;
  readonly failures: { readonly mated: number; readonly nonMated: number }; // scored -Infinity, counted in every rate
  readonly subjectCount: number | null;
  readonly confidence: number | null;
  /** How far down these scores can speak: about FMR and about FNMR. Zero errors prove no more than the bound 3/N. */
  readonly limits: { readonly fmr: SupportLimits | null; readonly fnmr: SupportLimits | null };
  readonly eer: Metric;
  readonly eerThreshold: Metric;
  readonly fvcEer: Metric; // the middle of an interval, as FVC and pyeer have it, not interpolated
  readonly auc: Metric;
  readonly dPrime: Metric;
  readonly fnmrAtFmr: readonly FnmrAtFmrMetric[] | MissingMetric;
  readonly zeroFmr: Metric; // an FNMR
  readonly zeroFnmr: Metric; // an FMR
  readonly fmr100: Metric; // an FNMR, as are the next two
  readonly fmr1000: Metric;
  readonly fmr10000: Metric;
  readonly minimumCost: Metric; // normalised
  /** Normalised, at the Bayes threshold: it means something only if the scores are log-likelihood ratios. */
  readonly actualCost: Metric;
  readonly cllr: Metric; // bits; of log-likelihood ratios, likewise
  readonly minimumCllr: Metric; // bits
}

export interface ScoreMetricsPlan {
  readonly targets: readonly number[];
  readonly costs: CostModel;
  /** Intervals over subjects, where the file names them. */
  readonly bootstrap?: BootstrapPlan;
}

/** What is asked when nothing else is. */
export const DEFAULT_TARGETS: readonly number[] = [0.1, 0.01, 0.001, 0.0001];
export const DEFAULT_COSTS: CostModel = { falseMatchCost: 1, falseNonMatchCost: 1, matedPrior: 0.01 };

/**
 * Every figure of a set of scores at once. A figure that does not exist (one kind of score only, no spread) comes as its
 * typed error, beside those that do.
 *
 * @throws EvaluationError score-not-a-number or score-out-of-range, and those of the plan: nothing can be said then.
 */
export function scoreMetrics(rows: Pick<CollectedScores, 'scores' | 'attributed'>, plan: ScoreMetricsPlan): ScoreMetrics {
  return finish(scoreMetricsSteps(rows, plan));
}

/** `scoreMetrics` with its progress in replicates. */
export function* scoreMetricsSteps(
  { scores, attributed }: Pick<CollectedScores, 'scores' | 'attributed'>,
  plan: ScoreMetricsPlan,
): Generator<Progress, ScoreMetrics> {
  const isResampled = attributed !== undefined && plan.bootstrap !== undefined;
  const ranked = isResampled ? attempt(() => rankedPoints(attributed)) : undefined;
  const points = ranked === undefined ? attempt(() => operatingPoints(sortScores(scores))) : isMissing(ranked) ? ranked : ranked.points;
  const plain = plainFigures(scores, points, plan);
  const intervals: Intervals =
    ranked !== undefined && !isMissing(ranked) && plan.bootstrap !== undefined
      ? yield* intervalsOf(ranked, resampledFigures(scores, plan, plain), plan.bootstrap)
      : {};
  const within = (name: string, value: number): number | MetricWithInterval => {
    const interval = intervals[name];
    if (interval === undefined) return value;
    const limits = NO_RATE.has(name) ? statedLimits(interval) : rateLimits(interval, value, scores.mated.length);
    return limits === null ? value : { value, ...limits };
  };
  const metric = (name: keyof typeof plain): Metric => {
    const value = plain[name];
    return isMissing(value) ? value : within(name, value);
  };
  const fnmrs = (usable: OperatingPoints): FnmrAtFmrMetric[] =>
    plan.targets.map((target) => {
      const { achieved, threshold, fnmr, support } = fnmrAtFmr(usable, target);
      return { target, achieved, threshold, fnmr: within(targetName(target), fnmr), support };
    });
  return {
    matedCount: scores.mated.length,
    nonMatedCount: scores.nonMated.length,
    failures: { mated: countFailures(scores.mated), nonMated: countFailures(scores.nonMated) },
    subjectCount: attributed === undefined ? null : ranked === undefined || isMissing(ranked) ? countSubjects(attributed) : ranked.ranked.subjectCount,
    confidence: Object.values(intervals)[0]?.confidence ?? null,
    limits: { fmr: limitsOf(scores.nonMated), fnmr: limitsOf(scores.mated) },
    eer: metric('eer'),
    eerThreshold: metric('eerThreshold'),
    fvcEer: metric('fvcEer'),
    auc: metric('auc'),
    dPrime: metric('dPrime'),
    fnmrAtFmr: isMissing(points) ? points : fnmrs(points),
    zeroFmr: metric('zeroFmr'),
    zeroFnmr: metric('zeroFnmr'),
    fmr100: metric('fmr100'),
    fmr1000: metric('fmr1000'),
    fmr10000: metric('fmr10000'),
    minimumCost: metric('minimumCost'),
    actualCost: metric('actualCost'),
    cllr: metric('cllr'),
    minimumCllr: metric('minimumCllr'),
  };
}

const limitsOf = ({ length }: Scores): SupportLimits | null => (length === 0 ? null : supportLimits(length));

type Intervals = Partial<Record<string, Interval>>;

/** So few subjects that no resample is usable leave the figures without intervals. */
function* intervalsOf(scores: RankedPoints, figures: Record<string, Figure>, plan: BootstrapPlan): Generator<Progress, Intervals> {
  try {
    return yield* rankedBootstrapSteps(scores, figures, plan);
  } catch (error) {
    if (error instanceof EvaluationError && error.code === 'too-few-subjects') return {};
    throw error;
  }
}

function plainFigures(scores: ScoreSet, points: OperatingPoints | MissingMetric, { costs }: ScoreMetricsPlan) {
  const read = (figure: (usable: OperatingPoints) => number): number | MissingMetric =>
    isMissing(points) ? points : attempt(() => figure(points));
  return {
    eer: read((usable) => equalErrorRate(usable).rate),
    eerThreshold: read((usable) => equalErrorRate(usable).threshold),
    fvcEer: read((usable) => fvcEqualErrorRate(usable).rate),
    auc: read(areaUnderCurve),
    dPrime: read(() => dPrime(scores)),
    zeroFmr: read((usable) => zeroFmr(usable).fnmr),
    zeroFnmr: read((usable) => zeroFnmr(usable).fmr),
    fmr100: read((usable) => fnmrAtFmr(usable, 1 / 100).fnmr),
    fmr1000: read((usable) => fnmrAtFmr(usable, 1 / 1000).fnmr),
    fmr10000: read((usable) => fnmrAtFmr(usable, 1 / 10_000).fnmr),
    minimumCost: read((usable) => minimumDetectionCost(usable, costs).normalized),
    actualCost: read((usable) => actualDetectionCost(usable, costs).normalized),
    cllr: read(() => cllr(scores)),
    minimumCllr: read(minimumCllr),
  };
}

/** Those with an interval. ZeroFMR and ZeroFNMR hang on the one worst score, of which resamples know nothing beyond. */
function resampledFigures({ mated, nonMated }: ScoreSet, { targets, costs }: ScoreMetricsPlan, plain: ReturnType<typeof plainFigures>): Record<string, Figure> {
  const exists = ([name]: [string, Figure]): boolean => !isMissing(plain[name as keyof typeof plain]);
  return Object.fromEntries(Object.entries<Figure>({
    eer: equalErrorFigure,
    fvcEer: fvcEqualErrorFigure,
    auc: areaFigure,
    dPrime: dPrimeFigure,
    fmr100: fnmrAtTarget(1 / 100),
    fmr1000: fnmrAtTarget(1 / 1000),
    fmr10000: fnmrAtTarget(1 / 10_000),
    ...(mated.length + nonMated.length <= MOST_FOR_COSTS && costFigures(costs)),
  }).filter(exists).concat(targets.map((target) => [targetName(target), fnmrAtTarget(target)])));
}

/** Figures that are no shares of comparisons that failed. */
const NO_RATE: ReadonlySet<string> = new Set(['auc', 'dPrime', 'minimumCost', 'actualCost', 'cllr', 'minimumCllr']);

const targetName = (target: number): string => `fnmr at ${target}`;

const isMissing = (value: object | number): value is MissingMetric => typeof value === 'object' && 'error' in value;

/** The errors that say that a figure does not exist; any other says that the scores or the plan are wrong. */
const NO_FIGURE: ReadonlySet<EvaluationErrorCode> = new Set(['no-mated-scores', 'no-non-mated-scores', 'too-few-scores', 'no-spread']);

function attempt<Value>(compute: () => Value): Value | MissingMetric {
  try {
    return compute();
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    const isFailure = error.code === 'score-out-of-range' && error.message.includes('-Infinity');
    if (!NO_FIGURE.has(error.code) && !isFailure) throw error;
    return { error: { code: error.code, message: error.message } };
  }
}

function countFailures(scores: ScoreSet['mated']): number {
  let failures = 0;
  for (let index = 0; index < scores.length; index++) if (scores[index] === -Infinity) failures++;
  return failures;
}
