import type { ScoreFilePlan, SearchFigures, SearchRate } from '../../contract/requests/score-files.ts';
import type { AttributedScores } from '../../evaluation/attributed-scores.ts';
import type { Figure, Interval } from '../../evaluation/bootstrap.ts';
import { bootstrapSteps } from '../../evaluation/bootstrap.ts';
import { fnmrAtFmr } from '../../evaluation/fnmr-at-fmr.ts';
import { cumulativeMatch, identificationPoints } from '../../evaluation/identification.ts';
import { seededRandom } from '../../evaluation/random.ts';
import { fnmrAtTarget, fnmrAtThreshold } from '../../evaluation/resampled-figures.ts';
import type { CollectedScores } from '../../evaluation/score-rows.ts';
import { EvaluationError } from '../../evaluation/score-set.ts';
import { rateLimits } from '../../evaluation/stated-limits.ts';
import type { Progress } from '../../evaluation/steps.ts';
import { closedSetScores, openSetScores } from '../detail/search-scores.ts';
import { refusedOr } from './development-figures.ts';
import { searchesOf } from './searches-of-rows.ts';

const shownRanks = 20;

/**
 * Figures of 1:N searches, each with its interval where there are people enough: those who are searched for are resampled.
 *
 * @throws EvaluationError row-unreadable where the rows are no searches.
 */
export function* searchFigures(rows: CollectedScores, plan: ScoreFilePlan): Generator<Progress, SearchFigures> {
  const searched = searchesOf(rows);
  const { results } = searched;
  const found = refusedOr(() => cumulativeMatch(results, shownRanks));
  const ranks = 'refusal' in found ? [] : [...found];
  const ofRanks = yield* intervalsOf(() => closedSetScores(searched), Object.fromEntries(ranks.map((_, at) => [at, fnmrAtThreshold(-(at + 1))])), plan);
  const points = refusedOr(() => identificationPoints(results, 1));
  const targets = 'refusal' in points ? [] : plan.targets;
  const missed = (rate: number, interval: Interval | undefined): SearchRate => {
    const limits = interval === undefined ? null : rateLimits(interval, rate, results.mateRanks.length);
    return limits === null ? rate : { value: rate, ...limits };
  };
  const ofTargets = yield* intervalsOf(() => openSetScores(searched), Object.fromEntries(targets.map((target) => [target, fnmrAtTarget(target)])), plan);
  return {
    enrolled: results.enrolledCount, matedSearches: results.mateRanks.length, nonMatedSearches: results.topScores.length,
    cmc: 'refusal' in found ? found : { rates: ranks.map((rate, at) => complement(missed(1 - rate, ofRanks[at]))) },
    openSet: 'refusal' in points ? points : {
      points: targets.map((target) => {
        const { support, achieved, threshold, fnmr } = fnmrAtFmr(points, target);
        const fnir = missed(fnmr, ofTargets[target]);
        return { target, support, fpir: achieved, threshold, fnir, dir: complement(fnir) };
      }),
    },
  };
}

const complement = (rate: SearchRate): SearchRate => (typeof rate === 'number' ? 1 - rate : { value: 1 - rate.value, low: 1 - rate.high, high: 1 - rate.low });

type Intervals = Partial<Record<string, Interval>>;

/** None where none are wanted, or people are too few. */
function* intervalsOf(scores: () => AttributedScores, figures: Record<string, Figure>, { replicates, confidence, seed }: ScoreFilePlan): Generator<Progress, Intervals> {
  if (replicates === 0 || Object.keys(figures).length === 0) return {};
  try {
    return yield* bootstrapSteps(scores(), figures, { replicates, confidence, random: seededRandom(seed) });
  } catch (error) {
    if (error instanceof EvaluationError && error.code === 'too-few-subjects') return {};
    throw error;
  }
}
