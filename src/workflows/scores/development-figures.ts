import type { ChosenThreshold, DevelopmentFigures, ScoreFilePlan } from '../../contract/requests/score-files.ts';
import type { Figure, Interval } from '../../evaluation/bootstrap.ts';
import { bootstrapSteps } from '../../evaluation/bootstrap.ts';
import { calibrationFigures } from '../../evaluation/calibration-figures.ts';
import { chooseThreshold } from '../../evaluation/choose-threshold.ts';
import { operatingPoints } from '../../evaluation/error-rates.ts';
import { judgeThreshold } from '../../evaluation/judge-threshold.ts';
import { seededRandom } from '../../evaluation/random.ts';
import { fmrAtThreshold, fnmrAtThreshold } from '../../evaluation/resampled-figures.ts';
import { DEFAULT_COSTS } from '../../evaluation/score-metrics.ts';
import type { CollectedScores } from '../../evaluation/score-rows.ts';
import { EvaluationError, sortScores } from '../../evaluation/score-set.ts';
import { rateLimits } from '../../evaluation/stated-limits.ts';
import type { Progress } from '../../evaluation/steps.ts';

export interface BothParts {
  readonly development: CollectedScores;
  readonly honest: CollectedScores;
}

/** Thresholds and calibrations chosen on the development rows, judged on the others. */
export function* developmentFigures({ development, honest }: BothParts, plan: ScoreFilePlan): Generator<Progress, DevelopmentFigures> {
  const { mated, nonMated } = development.scores;
  const chosen = plan.targets.map((target) => choose(development, target));
  const intervals = yield* intervalsOf(honest, chosen.flatMap(({ threshold }) => threshold ?? []), plan);
  return {
    matedCount: mated.length, nonMatedCount: nonMated.length,
    thresholds: chosen.map((choice) => judged(choice, honest, intervals)),
    calibration: refusedOr(() => calibrationFigures(development.scores, honest.scores, DEFAULT_COSTS)),
  };
}

type Choice = Pick<ChosenThreshold, 'target' | 'threshold' | 'refusal' | 'developmentFmr'>;

function choose({ scores }: CollectedScores, target: number): Choice {
  const choice = refusedOr(() => chooseThreshold(operatingPoints(sortScores(scores)), target));
  if ('refusal' in choice) return { target, threshold: null, refusal: choice.refusal, developmentFmr: null };
  if (choice.kind === 'refused') return { target, threshold: null, refusal: choice.reason, developmentFmr: null };
  return { target, threshold: choice.development.threshold, refusal: null, developmentFmr: choice.development.achieved };
}

type Intervals = Partial<Record<string, Interval>>;

function judged(choice: Choice, { scores }: CollectedScores, intervals: Intervals): ChosenThreshold {
  const { threshold } = choice;
  if (threshold === null || scores.mated.length === 0 || scores.nonMated.length === 0) return { ...choice, fmr: null, fnmr: null };
  const { fmr, fnmr } = judgeThreshold(scores, threshold);
  const within = (name: string, value: number, trials: number) => {
    const interval = intervals[`${name} ${threshold}`];
    const limits = interval === undefined ? null : rateLimits(interval, value, trials);
    return limits === null ? value : { value, ...limits };
  };
  return { ...choice, fmr: within('fmr', fmr, scores.nonMated.length), fnmr: within('fnmr', fnmr, scores.mated.length) };
}

function* intervalsOf({ attributed }: CollectedScores, thresholds: readonly number[], { replicates, confidence, seed }: ScoreFilePlan): Generator<Progress, Intervals> {
  if (attributed === undefined || replicates === 0 || thresholds.length === 0) return {};
  const figures: Record<string, Figure> = Object.fromEntries(
    thresholds.flatMap((threshold) => [[`fmr ${threshold}`, fmrAtThreshold(threshold)], [`fnmr ${threshold}`, fnmrAtThreshold(threshold)]]));
  try {
    return yield* bootstrapSteps(attributed, figures, { replicates, confidence, random: seededRandom(seed) });
  } catch (error) {
    if (error instanceof EvaluationError) return {};
    throw error;
  }
}

/** What there is, or why there is none. */
export function refusedOr<Value extends object>(compute: () => Value): Value | { readonly refusal: string } {
  try {
    return compute();
  } catch (error) {
    if (error instanceof EvaluationError) return { refusal: error.message };
    throw error;
  }
}
