import type { PairTables, SubjectTables } from './pair-tables.ts';
import type { ScoreSums } from './point-lookup.ts';
import type { RankedPairs } from './ranked-pairs.ts';
import type { Scores } from './score-set.ts';
import type { SubjectWeights } from './subject-weights.ts';
import { pairTables, powersOfPairs, powersOfSubjects, subjectTables } from './pair-tables.ts';

export type Powers = Omit<ScoreSums, 'count'>;

export interface RankedComparisons {
  readonly mated: { readonly subjects: Uint32Array; readonly scores: Scores };
  readonly nonMated: RankedPairs;
  readonly subjectCount: number;
}

export interface WeightedMoments {
  readonly mated: () => Powers;
  readonly nonMated: () => Powers;
  /** Of the non-mated comparisons as they are. */
  readonly ownNonMated: () => Powers;
}

/** Sums of scores, and of their squares about one origin, under the weights of a resample. What depends on the scores only is prepared at the first call. */
export function weightedMoments({ mated, nonMated, subjectCount }: RankedComparisons, weights: SubjectWeights, origin: number): WeightedMoments {
  // A table of all pairs of subjects, where it is no longer than the list of comparisons, takes their place.
  const isShort = (subjectCount + 1) ** 2 <= nonMated.first.length;
  let pairs: PairTables | undefined;
  let subjects: SubjectTables | undefined;
  let own: Powers | undefined;
  return {
    mated: () => powersOfSubjects((subjects ??= subjectTables(mated, origin, subjectCount)), weights.mated),
    nonMated: () => (isShort ? powersOfPairs((pairs ??= pairTables(nonMated, origin, subjectCount)), weights) : weightedPowers(nonMated, weights, origin)),
    ownNonMated: () => (own ??= powersOf(nonMated.scores, origin)),
  };
}

function powersOf(scores: Scores, origin: number): Powers {
  let [sum, squares] = [0, 0];
  for (let at = 0; at < scores.length; at++) {
    const value = scores[at]! - origin;
    sum += value;
    squares += value * value;
  }
  return { sum, squares };
}

function weightedPowers({ first, partners, scores }: RankedPairs, { pair, added }: SubjectWeights, origin: number): Powers {
  let [sum, squares] = [0, 0];
  for (let at = 0; at < first.length; at++) {
    const value = scores[at]! - origin;
    const weighted = (pair[first[at]!]! * pair[partners[at]!]! + added) * value;
    sum += weighted;
    squares += weighted * value;
  }
  return { sum, squares };
}
