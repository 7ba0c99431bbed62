import type { DevelopmentFigures, DiscardFigures, ScoreFilePlan, ScoreStudies, SearchFigures, Studied } from '../../contract/requests/score-files.ts';
import { operatingPoints } from '../../evaluation/error-rates.ts';
import { discardArea, errorVersusDiscard } from '../../evaluation/error-versus-discard.ts';
import { fnmrAtFmr } from '../../evaluation/fnmr-at-fmr.ts';
import { groupSlicesSteps } from '../../evaluation/group-slices.ts';
import { seededRandom } from '../../evaluation/random.ts';
import type { CollectedScores } from '../../evaluation/score-rows.ts';
import { EvaluationError, sortScores } from '../../evaluation/score-set.ts';
import type { Progress } from '../../evaluation/steps.ts';
import { zooOf } from '../../evaluation/zoo.ts';
import { sliceRate } from '../explore/slices.ts';
import { zooReportOf } from '../explore/zoo.ts';
import { normalizedFigures } from './cohort-file.ts';
import { refusedOr } from './development-figures.ts';
import { searchFigures } from './search-figures.ts';
import { sidesOf } from './studied-columns.ts';

const largestDiscarded = 0.2;
const minimums = { minimumComparisons: 30, minimumSubjects: 5 };
const wantedFmr = 0.01;

/** What the plan asks for beside the figures; each study, or why these rows do not give it. */
export async function* scoreStudies(rows: CollectedScores, plan: ScoreFilePlan, development: DevelopmentFigures | null): AsyncGenerator<Progress, ScoreStudies> {
  const wants = (study: ScoreFilePlan['studies'][number]): boolean => plan.studies.includes(study);
  const threshold = (): number => plan.threshold ?? development?.thresholds.findLast((chosen) => chosen.threshold !== null)?.threshold ?? fnmrAtFmr(operatingPoints(sortScores(rows.scores)), wantedFmr).threshold;
  return {
    ...(wants('identification') && { identification: yield* searchesOrRefusal(rows, plan) }),
    ...(wants('zoo') && { zoo: refusedOr(() => zooReportOf(zooOf(attributedOf(rows)), rows.subjects)) }),
    ...(wants('discard') && { discard: refusedOr(() => discardFigures(rows, threshold())) }),
    ...(plan.slice !== null && { slices: yield* slicesOf(rows, { column: plan.slice, threshold, plan }) }),
    ...(plan.cohort !== null && { normalization: yield* normalizedFigures(rows, { ...plan, cohort: plan.cohort }) }),
  };
}

function attributedOf({ attributed }: CollectedScores): NonNullable<CollectedScores['attributed']> {
  if (attributed === undefined) throw new EvaluationError('row-unreadable', 'The file names no subjects (subject_a, subject_b).');
  return attributed;
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

function* slicesOf(
  rows: CollectedScores,
  { column, threshold, plan }: { column: string; threshold: () => number; plan: ScoreFilePlan },
): Generator<Progress, Studied<NonNullable<Exclude<ScoreStudies['slices'], { refusal: string }>>>> {
  try {
    const scores = attributedOf(rows);
    const [a, b] = sidesOf(rows, column);
    const groups = [...new Set([...a.values, ...b.values])].filter((name) => name !== '').sort(new Intl.Collator('en', { numeric: true }).compare);
    const groupOf = (words: readonly string[], places: Int32Array): Int32Array => {
      const numbers = words.map((word) => groups.indexOf(word));
      return places.map((place) => numbers[place]!);
    };
    const second = groupOf(b.values, b.mated);
    const matedGroups = groupOf(a.values, a.mated).map((group, row) => (group === second[row] ? group : -1));
    const grouped = { scores, groups, matedGroups, nonMatedFirstGroups: groupOf(a.values, a.nonMated), nonMatedSecondGroups: groupOf(b.values, b.nonMated) };
    const at = threshold();
    const bootstrap = { replicates: Math.max(1, plan.replicates), confidence: plan.confidence, random: seededRandom(plan.seed) };
    const { fnmr, fmr } = yield* groupSlicesSteps(grouped, { threshold: at, ...minimums, bootstrap });
    return { column, threshold: at, groups: sizesOf(grouped), fnmr: fnmr.map(sliceRate), fmr: fmr.map((row) => row.map(sliceRate)) };
  } catch (error) {
    if (error instanceof EvaluationError) return { refusal: error.message };
    throw error;
  }
}

/** Subjects of each group; a row names no samples that could be counted. */
function sizesOf({ scores, groups, matedGroups, nonMatedFirstGroups, nonMatedSecondGroups }: Parameters<typeof groupSlicesSteps>[0]): { name: string; samples: number; subjects: number }[] {
  const subjects = groups.map(() => new Set<number>());
  const add = (places: Int32Array, labels: Int32Array): void => places.forEach((group, row) => void subjects[group]?.add(labels[row]!));
  add(matedGroups, scores.matedSubjects);
  add(nonMatedFirstGroups, scores.nonMatedFirst);
  add(nonMatedSecondGroups, scores.nonMatedSecond);
  return groups.map((name, group) => ({ name, samples: 0, subjects: subjects[group]!.size }));
}
