import type { CurvePoint, OfferedThreshold, OperatingFigure, ScoredSystem } from '../contract/requests/evaluations.ts';
import type { Estimate } from '../contract/vocabulary.ts';
import { areaUnderCurve } from '../evaluation/area-under-curve.ts';
import type { AttributedScores } from '../evaluation/attributed-scores.ts';
import type { Figure, Interval } from '../evaluation/bootstrap.ts';
import { bootstrapSteps } from '../evaluation/bootstrap.ts';
import { chooseThreshold } from '../evaluation/choose-threshold.ts';
import type { ThresholdChoice } from '../evaluation/choose-threshold.ts';
import type { Curve } from '../evaluation/curve.ts';
import { downsampleForDrawing } from '../evaluation/curve.ts';
import { dPrime } from '../evaluation/d-prime.ts';
import type { OperatingPoints } from '../evaluation/error-rates.ts';
import { operatingPoints } from '../evaluation/error-rates.ts';
import { fnmrAtFmr } from '../evaluation/fnmr-at-fmr.ts';
import type { Histogram } from '../evaluation/histogram.ts';
import { histogramOfPoints, scoreHistogram } from '../evaluation/histogram.ts';
import { rateWords } from '../evaluation/number-words.ts';
import { seededRandom } from '../evaluation/random.ts';
import { dPrimeFigure, equalErrorFigure, fmrAtThreshold, fnmrAtTarget, fnmrAtThreshold } from '../evaluation/resampled-figures.ts';
import { rocOfPoints } from '../evaluation/roc.ts';
import { EvaluationError, sortScores } from '../evaluation/score-set.ts';
import type { Progress } from '../evaluation/steps.ts';
import type { StatedLimits } from '../evaluation/stated-limits.ts';
import { rateLimits, statedLimits } from '../evaluation/stated-limits.ts';
import { curveFigures } from './curve-figures.ts';

/** The false match rates at which an FNMR is given and a threshold offered. */
export const targets = [0.1, 0.01, 0.001, 0.0001];

const drawnPoints = 300;
const histogramBins = 60;
const replicates = 1000;
const confidence = 0.95;
/** The resamples of every evaluation are the same ones: the same data give the same report. */
export const evaluationPlan = { seed: 1, replicates, confidence, targets };

/** Of all comparisons, where the scores at hand are a sample of them. */
export interface ExactPoints {
  points: OperatingPoints;
  area: number;
}

/** Scores of one system: of the identities it is judged on, and the operating points of those a threshold is chosen on (null: offers none). */
export interface SystemScores {
  evaluated: AttributedScores;
  exact?: ExactPoints;
  development: OperatingPoints | null;
  seed: number;
}

export interface SystemFigures extends Omit<ScoredSystem, 'kind' | 'name' | 'rank1' | 'retrieval' | 'detail'> {
  thresholds: OfferedThreshold[];
}

/**
 * Every figure of one system, with intervals from resampling the subjects. Yields its progress.
 *
 * @throws EvaluationError when there is no mated or no non-mated comparison.
 */
export function* systemFigures({ evaluated, exact, development, seed }: SystemScores): Generator<Progress, SystemFigures> {
  const points = exact?.points ?? operatingPoints(sortScores(evaluated));
  const curve = downsampleForDrawing(rocOfPoints(points), drawnPoints);
  const choices = development === null ? [] : chooseOn(development);
  const intervals = yield* resample(evaluated, { curve, choices, seed, exact });
  const errors = (name: string): Estimate | null => estimateOf(intervals, name, points);
  return {
    eer: errors('eer')!,
    auc: figureOf(intervals, 'auc')!,
    dPrime: orNull(() => dPrime(evaluated)),
    dPrimeLimits: stated(intervals['dPrime'], statedLimits),
    fnmrAtFmr: targets.map((target) => operatingFigure(points, target, errors(`fnmr at ${target}`))),
    curve: curvePoints(curve, (index) => errors(`curve ${index}`)),
    histogram: exact === undefined ? histogramOf(evaluated) : told(histogramOfPoints(points, histogramBins)),
    thresholds: choices.map(({ target, choice }) => offered({ target, choice }, errors)),
  };
}

interface TargetChoice {
  target: number;
  choice: ThresholdChoice;
}

function chooseOn(points: OperatingPoints): TargetChoice[] {
  return targets.map((target) => ({ target, choice: chooseThreshold(points, target) }));
}

type Intervals = Record<string, Interval | { estimate: number; lower: null; upper: null }>;

const NO_LIMITS = { low: null, high: null };

function* resample(
  scores: AttributedScores,
  { curve, choices, seed, exact }: { curve: Curve; choices: TargetChoice[]; seed: number; exact: ExactPoints | undefined },
): Generator<Progress, Intervals> {
  const figures: Record<string, Figure> = { eer: equalErrorFigure, auc: areaUnderCurve, dPrime: dPrimeFigure };
  for (const target of targets) figures[`fnmr at ${target}`] = fnmrAtTarget(target);
  curveFigures(curve.fmr).forEach((figure, index) => (figures[`curve ${index}`] = figure));
  for (const { target, choice } of choices) {
    if (choice.kind === 'refused') continue;
    figures[`threshold fmr ${target}`] = fmrAtThreshold(choice.development.threshold);
    figures[`threshold fnmr ${target}`] = fnmrAtThreshold(choice.development.threshold);
  }
  try {
    const intervals = yield* bootstrapSteps(scores, figures, { replicates, confidence, random: seededRandom(seed) });
    return exact === undefined ? intervals : ofAll(intervals, figures, exact);
  } catch (error) {
    if (!(error instanceof EvaluationError && error.code === 'too-few-subjects')) throw error;
    // So few people that no resample is usable: the figures stand without intervals.
    const points = operatingPoints(sortScores(scores));
    return Object.fromEntries(Object.entries(figures).map(([name, figure]) => [name, { estimate: figure(points), lower: null, upper: null }]));
  }
}

/** The figures of all comparisons, with the intervals of a sample of them: too wide rather than too narrow, and never beside the figure. */
function ofAll(intervals: Record<string, Interval>, figures: Record<string, Figure>, { points, area }: ExactPoints): Intervals {
  return Object.fromEntries(Object.entries(intervals).map(([name, interval]) => {
    const estimate = name === 'auc' ? area : figures[name]!(points);
    return [name, { ...interval, estimate, lower: Math.min(interval.lower, estimate), upper: Math.max(interval.upper, estimate) }];
  }));
}

function figureOf(intervals: Intervals, name: string, limitsOf: (interval: Interval) => StatedLimits | null = statedLimits): Estimate | null {
  const interval = intervals[name];
  return interval === undefined ? null : { value: interval.estimate, ...(stated(interval, limitsOf) ?? NO_LIMITS) };
}

/** Null where so few people gave no limits at all. */
function stated(interval: Intervals[string] | undefined, limitsOf: (interval: Interval) => StatedLimits | null): StatedLimits | null {
  return interval === undefined || interval.lower === null ? null : limitsOf(interval);
}

/** An error rate. */
function estimateOf(intervals: Intervals, name: string, points: OperatingPoints): Estimate | null {
  const trials = name.startsWith('threshold fmr') ? points.nonMatedCount : points.matedCount;
  return figureOf(intervals, name, (interval) => rateLimits(interval, interval.estimate, trials));
}

function operatingFigure(points: OperatingPoints, target: number, fnmr: Estimate | null): OperatingFigure {
  const { support, achieved, threshold } = fnmrAtFmr(points, target);
  const { nonMatedCount } = points;
  if (support === 'unsupported') {
    const reason = `An FMR of ${rateWords(target)} needs at least ${Math.ceil(1 / target).toLocaleString('en-GB')} non-mated comparisons; there are ${nonMatedCount.toLocaleString('en-GB')}.`;
    return { target, support, reason, achieved: null, threshold: null, fnmr: null };
  }
  const expected = Math.floor(target * nonMatedCount);
  const reason = support === 'weak' ? `It rests on at most ${expected} false matches; 30 are wanted.` : null;
  return { target, support, reason, achieved, threshold, fnmr };
}

function offered({ target, choice }: TargetChoice, errors: (name: string) => Estimate | null): OfferedThreshold {
  if (choice.kind === 'refused') {
    return { target, threshold: null, refusal: choice.reason, developmentFmr: null, fmr: null, fnmr: null };
  }
  const { threshold, achieved } = choice.development;
  const [fmr, fnmr] = [errors(`threshold fmr ${target}`), errors(`threshold fnmr ${target}`)];
  return { target, threshold, refusal: null, developmentFmr: achieved, fmr, fnmr };
}

function curvePoints(curve: Curve, bandAt: (index: number) => Estimate | null): CurvePoint[] {
  return Array.from(curve.thresholds, (threshold, index) => {
    const { low, high } = bandAt(index) ?? NO_LIMITS;
    return { threshold, fmr: curve.fmr[index]!, fnmr: curve.fnmr[index]!, low, high };
  });
}

function histogramOf(scores: AttributedScores): ScoredSystem['histogram'] {
  return told(scoreHistogram(scores, histogramBins));
}

function told({ edges, mated, nonMated }: Pick<Histogram, 'edges' | 'mated' | 'nonMated'>): ScoredSystem['histogram'] {
  return { edges: [...edges], mated: [...mated], nonMated: [...nonMated] };
}

/** A figure that these scores do not have is null. */
function orNull(figure: () => number): number | null {
  try {
    return figure();
  } catch (error) {
    if (error instanceof EvaluationError) return null;
    throw error;
  }
}
