import type { RankedSubjects } from './attributed-scores.ts';
import type { OperatingPoints } from './error-rates.ts';
import type { PairGroups } from './pair-groups.ts';
import type { ScoreSums } from './point-lookup.ts';
import type { Scores } from './score-set.ts';
import type { SubjectWeights } from './subject-weights.ts';
import { weightedPowers } from './pair-groups.ts';
import type { PairTables, SubjectTables } from './pair-tables.ts';
import { pairTables, powersOfPairs, powersOfSubjects, subjectTables } from './pair-tables.ts';
import { originOf } from './point-lookup.ts';

type Sums = Omit<ScoreSums, 'count'>;

export interface KindsOfGroups {
  readonly mated: PairGroups;
  readonly nonMated: PairGroups;
}

/** Sums of scores, and of their squares about one origin, under the weights of a resample: one pass. */
export function weightedMoments(
  ranked: RankedSubjects,
  points: OperatingPoints,
  { groups, weights }: { readonly groups: KindsOfGroups; readonly weights: SubjectWeights },
): { readonly mated: () => Sums; readonly nonMated: () => Sums } {
  const origin = originOf(points.thresholds);
  const offsets = (scores: Scores, pairs: PairGroups): (() => Float64Array) => {
    let values: Float64Array | undefined;
    return () => (values ??= gatheredOffsets(scores, pairs.order, origin));
  };
  const matedOffsets = offsets(ranked.scores.mated, groups.mated);
  const nonMatedOffsets = offsets(ranked.scores.nonMated, groups.nonMated);
  const { subjectCount } = ranked;
  // A table of all pairs of subjects, where it is no longer than the list of comparisons, takes their place.
  const isShort = (subjectCount + 1) ** 2 <= groups.nonMated.partners.length;
  let tables: PairTables | undefined;
  let fixed: Sums | undefined;
  const nonMated = (): Sums => (isShort
    ? powersOfPairs((tables ??= pairTables(groups.nonMated, nonMatedOffsets(), subjectCount)), weights)
    : weightedPowers(groups.nonMated, weights, nonMatedOffsets()));
  let ofSubjects: SubjectTables | undefined;
  return {
    mated: () => powersOfSubjects((ofSubjects ??= subjectTables(groups.mated, matedOffsets(), subjectCount)), weights.mated),
    nonMated: () => (weights.nonMatedFixed ? (fixed ??= nonMated()) : nonMated()),
  };
}

function gatheredOffsets(scores: Scores, order: Uint32Array, origin: number): Float64Array {
  const offsets = new Float64Array(order.length);
  for (let place = 0; place < offsets.length; place++) offsets[place] = scores[order[place]!]! - origin;
  return offsets;
}
