import type { AttributedScores } from '../../evaluation/attributed-scores.ts';
import type { SearchResults } from '../../evaluation/identification.ts';

/** Searches, and who was searched for. */
export interface PeopleSearched {
  readonly results: SearchResults;
  /** Of the searches with a mate, and of those without, in their order. */
  readonly matedSubjects: Int32Array;
  readonly nonMatedSubjects: Int32Array;
}

/** The share of searches whose mate ranks after k is the FNMR of these scores at the threshold -k. */
export const closedSetScores = ({ results: { enrolledCount, mateRanks }, matedSubjects }: PeopleSearched): AttributedScores => ({
  mated: Float64Array.from(mateRanks, (rank) => -rank), matedSubjects,
  nonMated: new Float64Array(matedSubjects.length).fill(-enrolledCount), nonMatedFirst: matedSubjects, nonMatedSecond: matedSubjects,
});

/** FNIR and FPIR at rank 1 are the FNMR and FMR of these scores. */
export const openSetScores = ({ results: { mateScores, mateRanks, topScores }, matedSubjects, nonMatedSubjects }: PeopleSearched): AttributedScores => ({
  mated: mateScores.map((score, at) => (mateRanks[at] === 1 ? score : -Infinity)), matedSubjects,
  nonMated: topScores, nonMatedFirst: nonMatedSubjects, nonMatedSecond: nonMatedSubjects,
});
