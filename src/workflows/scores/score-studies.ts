import type { DevelopmentFigures, DiscardFigures, ScoreFilePlan, ScoreStudies, SearchFigures, Studied } from '../../contract/requests/score-files.ts';
import { operatingPoints } from '../../evaluation/error-rates.ts';
import { discardArea, errorVersusDiscard } from '../../evaluation/error-versus-discard.ts';
import { fnmrAtFmr } from '../../evaluation/fnmr-at-fmr.ts';
import type { CollectedScores } from '../../evaluation/score-rows.ts';
import { EvaluationError, sortScores } from '../../evaluation/score-set.ts';
import type { Progress } from '../../evaluation/steps.ts';
import { zooOf } from '../../evaluation/zoo.ts';
import { zooReportOf } from '../explore/zoo.ts';
import { groupMinimums } from '../report/reported-columns.ts';
import { normalizedFigures } from './cohort-file.ts';
import { refusedOr } from './development-figures.ts';
import { searchFigures } from './search-figures.ts';
import { attributedOf, slicesOfRows } from './slices-of-rows.ts';
import { sidesOf } from './studied-columns.ts';

const largestDiscarded = 0.2;
const wantedFmr = 0.01;

/** What the plan asks for beside the figures; each study, or why these rows do not give it. */
export async function* scoreStudies(rows: CollectedScores, plan: ScoreFilePlan, development: DevelopmentFigures | null): AsyncGenerator<Progress, ScoreStudies> {
  const wants = (study: ScoreFilePlan['studies'][number]): boolean => plan.studies.includes(study);
  const threshold = (): number => studyThreshold(rows, plan, development);
  return {
    ...(wants('identification') && { identification: yield* searchesOrRefusal(rows, plan) }),
    ...(wants('zoo') && { zoo: refusedOr(() => zooReportOf(zooOf(attributedOf(rows)), rows.subjects)) }),
    ...(wants('discard') && { discard: refusedOr(() => discardFigures(rows, threshold())) }),
    ...(plan.slice !== null && { slices: yield* slicesOrRefusal(rows, { column: plan.slice, threshold, plan }) }),
    ...(plan.cohort !== null && { normalization: yield* normalizedFigures(rows, { ...plan, cohort: plan.cohort }) }),
  };
}

/**
 * The one threshold of slices and discarding: the plan's own, else that of the lowest FMR that the development split chose one for, else
 * that for an FMR of 1/100 on these very scores.
 *
 * @throws EvaluationError where the scores are of one kind.
 */
export function studyThreshold({ scores }: CollectedScores, plan: Pick<ScoreFilePlan, 'threshold'>, development: DevelopmentFigures | null): number {
  return plan.threshold ?? development?.thresholds.findLast((chosen) => chosen.threshold !== null)?.threshold ?? fnmrAtFmr(operatingPoints(sortScores(scores)), wantedFmr).threshold;
}

function* searchesOrRefusal(rows: CollectedScores, plan: ScoreFilePlan): Generator<Progress, Studied<SearchFigures>> {
  try {
    return yield* searchFigures(rows, plan);
  } catch (error) {
    if (error instanceof EvaluationError) return { refusal: error.message };
    throw error;
  }
}

/** The quality of a comparison is the lower one of its two sides. */
function discardFigures(rows: CollectedScores, threshold: number): DiscardFigures {
  const [a, b] = sidesOf(rows, 'quality');
  const number = (words: readonly string[], at: number): number => (words[at]!.trim() === '' ? NaN : Number(words[at]));
  const quality = Float64Array.from(rows.scores.mated, (_, row) => Math.min(number(a.values, a.mated[row]!), number(b.values, b.mated[row]!)));
  const curve = errorVersusDiscard({ isError: Array.from(rows.scores.mated, (score) => score < threshold), quality });
  return {
    threshold, comparisons: curve.count,
    steps: Array.from(curve.discarded, (discarded, at) => ({ discarded, fnmr: curve.error[at]!, quality: curve.quality[at]! })),
    area: { upTo: largestDiscarded, ...discardArea(curve, largestDiscarded) },
  };
}

function* slicesOrRefusal(rows: CollectedScores, { column, threshold, plan }: { column: string; threshold: () => number; plan: ScoreFilePlan }): Generator<Progress, NonNullable<ScoreStudies['slices']>> {
  try {
    return yield* slicesOfRows(rows, { column, threshold: threshold(), ...groupMinimums, plan });
  } catch (error) {
    if (error instanceof EvaluationError) return { refusal: error.message };
    throw error;
  }
}
