import type { ScoreFilePlan } from '../../contract/requests/score-files.ts';
import type { SliceReport } from '../../contract/requests/explore.ts';
import { mostSliceGroups } from '../../contract/requests/explore.ts';
import type { GroupedScores } from '../../evaluation/group-slices.ts';
import { groupSlicesSteps } from '../../evaluation/group-slices.ts';
import { seededRandom } from '../../evaluation/random.ts';
import type { CollectedScores, MetadataColumn } from '../../evaluation/score-rows.ts';
import { EvaluationError } from '../../evaluation/score-set.ts';
import type { Progress } from '../../evaluation/steps.ts';
import { valueGroups } from '../../evaluation/value-groups.ts';
import { sliceRate } from '../explore/slices.ts';
import { sidesOf } from './studied-columns.ts';

export interface RowSlices {
  readonly column: string;
  readonly threshold: number;
  readonly minimumComparisons: number;
  readonly minimumSubjects: number;
  readonly plan: Pick<ScoreFilePlan, 'replicates' | 'confidence' | 'seed'>;
}

/**
 * Error rates of the groups that a column of the rows makes, at one threshold. Samples are counted where the rows name them.
 *
 * @throws EvaluationError row-unreadable without subjects or the column, argument-out-of-range for more than `mostSliceGroups` groups, and
 *   those of `groupSlices`.
 */
export function* slicesOfRows(rows: CollectedScores, { column, threshold, plan, ...minimums }: RowSlices): Generator<Progress, SliceReport> {
  const scores = attributedOf(rows);
  const groups = groupsOf(rows, column);
  const [mated, nonMated] = [groups.places('mated'), groups.places('nonMated')];
  const matedGroups = mated[0].map((group, row) => (group === mated[1][row] ? group : -1));
  const grouped = { scores, groups: groups.names, matedGroups, nonMatedFirstGroups: nonMated[0], nonMatedSecondGroups: nonMated[1] };
  const bootstrap = { replicates: Math.max(1, plan.replicates), confidence: plan.confidence, random: seededRandom(plan.seed) };
  const { fnmr, fmr } = yield* groupSlicesSteps(grouped, { threshold, ...minimums, bootstrap });
  const [samples, subjects] = [samplesIn(rows, { mated, nonMated }), subjectsIn(grouped, mated)];
  return {
    column, threshold, groups: groups.names.map((name, group) => ({ name, samples: samples.filter((own) => own.has(group)).length, subjects: subjects[group]!.size })),
    fnmr: fnmr.map(sliceRate), fmr: fmr.map((row) => row.map(sliceRate)),
    mixedMated: mixedOf(rows, mated, threshold), unknown: samples.filter((own) => [...own].every((group) => group < 0)).length,
  };
}

/** @throws EvaluationError row-unreadable */
export function attributedOf({ attributed }: CollectedScores): NonNullable<CollectedScores['attributed']> {
  if (attributed === undefined) throw new EvaluationError('row-unreadable', 'The file names no subjects (subject_a, subject_b).');
  return attributed;
}

type Kind = 'mated' | 'nonMated';
/** Of the two sides of each row: the place of its group; -1 where it is not known. */
type SideGroups = readonly [Int32Array, Int32Array];

function groupsOf(rows: CollectedScores, column: string): { names: readonly string[]; places: (kind: Kind) => SideGroups } {
  const sides = sidesOf(rows, column);
  const { names, nameOf } = valueGroups(sides.flatMap(({ values }) => values));
  if (names.length > mostSliceGroups) {
    throw new EvaluationError('argument-out-of-range', `${column} has ${names.length} values; no more than ${mostSliceGroups} groups are compared. Choose a column with fewer values.`);
  }
  const placesOf = (side: MetadataColumn, kind: Kind): Int32Array => {
    const numbers = side.values.map((word) => names.indexOf(nameOf(word)));
    return side[kind].map((place) => numbers[place]!);
  };
  return { names, places: (kind) => [placesOf(sides[0], kind), placesOf(sides[1], kind)] };
}

function subjectsIn({ scores, groups, nonMatedFirstGroups, nonMatedSecondGroups }: GroupedScores, mated: SideGroups): ReadonlySet<number>[] {
  const subjects = groups.map(() => new Set<number>());
  const add = (places: Int32Array, labels: Int32Array): void => places.forEach((group, row) => void subjects[group]?.add(labels[row]!));
  for (const side of mated) add(side, scores.matedSubjects);
  add(nonMatedFirstGroups, scores.nonMatedFirst);
  add(nonMatedSecondGroups, scores.nonMatedSecond);
  return subjects;
}

/** The groups of each sample, several where a column tells comparisons apart; none where the rows do not name the samples. */
function samplesIn({ metadata }: CollectedScores, groups: Record<Kind, SideGroups>): ReadonlySet<number>[] {
  const found = new Map<string, Set<number>>();
  for (const [side, name] of ['sample_a', 'sample_b'].entries()) {
    const column = metadata.find((one) => one.name === name);
    if (column === undefined) return [];
    const own = column.values.map((name) => found.get(name) ?? new Set<number>());
    for (const kind of ['mated', 'nonMated'] as const) column[kind].forEach((sample, row) => void own[sample]!.add(groups[kind][side]![row]!));
    own.forEach((places, sample) => void (places.size > 0 && found.set(column.values[sample]!, places)));
  }
  return [...found.values()];
}

/** Mated rows of two groups are in none. */
function mixedOf({ scores }: CollectedScores, [first, second]: SideGroups, threshold: number): SliceReport['mixedMated'] {
  const mixed = scores.mated.filter((_, row) => first[row]! >= 0 && second[row]! >= 0 && first[row] !== second[row]);
  return { comparisons: mixed.length, errors: mixed.filter((score) => score < threshold).length };
}
