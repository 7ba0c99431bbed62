import type { OperatingPoints } from './error-rates.ts';
import type { GallerySearch } from './compare-probes.ts';
import { operatingPoints } from './error-rates.ts';
import { EvaluationError, sortScores } from './score-set.ts';

/** What a set of 1:N searches gave; all that the identification figures need. */
export interface SearchResults {
  /** N: enrolled subjects. Every figure depends on it and is stated with it. */
  readonly enrolledCount: number;
  /** Searches whose subject is enrolled: the score of the mate and its rank among N. */
  readonly mateScores: Float64Array; // [mated searches]
  readonly mateRanks: Uint32Array; // [mated searches], from 1
  /** Searches whose subject is not enrolled: the best score of anybody. */
  readonly topScores: Float64Array; // [non-mated searches]
}

/** Open-set errors at a threshold (ISO/IEC 19795-1; FNIR(N, R, T) and FPIR(N, T) as in NIST FRTE 1:N). */
export interface OpenSetErrors {
  readonly enrolledCount: number;
  readonly threshold: number;
  readonly maximumRank: number;
  /** False positive identification rate: searches without a mate that return a candidate. */
  readonly fpir: number;
  readonly falsePositives: number;
  readonly nonMatedSearches: number;
  /** False negative identification rate: mates below the threshold, or ranked after `maximumRank`. */
  readonly fnir: number;
  readonly falseNegatives: number;
  readonly matedSearches: number;
}

/**
 * Ranks the mate of each probe. Ties count against the system: the rank is 1 plus the number of **other** enrolled
 * subjects that score at least as much as the mate, so templates that are all alike rank last, not first.
 */
export function searchResults(search: GallerySearch): SearchResults {
  const mateScores: number[] = [];
  const mateRanks: number[] = [];
  const topScores: number[] = [];
  const positions = new Map([...search.enrolled].map((subject, position) => [subject, position]));
  for (const { probeSubject, scores } of search.probes()) {
    const mate = positions.get(probeSubject);
    if (mate === undefined) {
      topScores.push(scores.reduce((best, score) => Math.max(best, score), -Infinity));
      continue;
    }
    const mateScore = scores[mate]!;
    let rank = 0; // the mate itself is counted below
    for (let position = 0; position < scores.length; position++) if (scores[position]! >= mateScore) rank++;
    mateScores.push(mateScore);
    mateRanks.push(rank);
  }
  return {
    enrolledCount: search.enrolled.length,
    mateScores: Float64Array.from(mateScores),
    mateRanks: Uint32Array.from(mateRanks),
    topScores: Float64Array.from(topScores),
  };
}

/**
 * Cumulative match characteristic (closed set): entry r - 1 is the share of mated searches whose mate has rank <= r.
 *
 * @throws EvaluationError no-searches without a mated search; argument-out-of-range unless maximumRank >= 1.
 */
export function cumulativeMatch(results: SearchResults, maximumRank: number): Float64Array {
  checkMatedSearches(results);
  checkRank(maximumRank);
  const length = Math.min(maximumRank, results.enrolledCount);
  const found = new Float64Array(length);
  for (const rank of results.mateRanks) if (rank <= length) found[rank - 1]!++;
  let total = 0;
  return found.map((count) => (total += count) / results.mateRanks.length);
}

/** Rank-1 identification rate: the share of mated searches whose mate comes first, alone. Errors as `cumulativeMatch`. */
export function rankOneRate(results: SearchResults): number {
  return cumulativeMatch(results, 1)[0]!;
}

/**
 * FPIR and FNIR of operating points: read them as FMR and FNMR of ordinary points, so that `fnmrAtFmr`, `detOfPoints`
 * and the rest apply (FNIR at FPIR = 0.003 is `fnmrAtFmr(identificationPoints(results, n), 0.003).fnmr`).
 *
 * A mate ranked after `maximumRank` is a miss at every finite threshold; only -Infinity, if a point is there, accepts it.
 *
 * @throws EvaluationError no-searches without both kinds of search; argument-out-of-range unless maximumRank >= 1.
 */
export function identificationPoints(results: SearchResults, maximumRank: number): OperatingPoints {
  checkMatedSearches(results);
  checkNonMatedSearches(results);
  checkRank(maximumRank);
  const mated = results.mateScores.map((score, search) => (results.mateRanks[search]! <= maximumRank ? score : -Infinity));
  return operatingPoints(sortScores({ mated, nonMated: results.topScores }));
}

/**
 * Open-set errors at a threshold; a candidate is returned when its score >= threshold.
 *
 * @throws EvaluationError no-searches without both kinds of search; argument-out-of-range for a threshold that is not a
 *   number or a rank below 1.
 */
export function openSetErrors(
  results: SearchResults,
  { threshold, maximumRank }: { readonly threshold: number; readonly maximumRank: number },
): OpenSetErrors {
  checkMatedSearches(results);
  checkNonMatedSearches(results);
  checkRank(maximumRank);
  if (Number.isNaN(threshold)) throw new EvaluationError('argument-out-of-range', 'The threshold is not a number.');
  const falsePositives = results.topScores.filter((score) => score >= threshold).length;
  const falseNegatives = results.mateScores.filter(
    (score, search) => score < threshold || results.mateRanks[search]! > maximumRank,
  ).length;
  return {
    enrolledCount: results.enrolledCount,
    threshold,
    maximumRank,
    fpir: falsePositives / results.topScores.length,
    falsePositives,
    nonMatedSearches: results.topScores.length,
    fnir: falseNegatives / results.mateScores.length,
    falseNegatives,
    matedSearches: results.mateScores.length,
  };
}

function checkMatedSearches({ mateRanks }: SearchResults): void {
  if (mateRanks.length === 0) {
    throw new EvaluationError('no-searches', 'No probe belongs to an enrolled subject, so no mate can be found or missed.');
  }
}

function checkNonMatedSearches({ topScores }: SearchResults): void {
  if (topScores.length === 0) {
    throw new EvaluationError('no-searches', 'Every probe belongs to an enrolled subject, so no FPIR exists: add probes of others.');
  }
}

function checkRank(maximumRank: number): void {
  if (!(Number.isInteger(maximumRank) && maximumRank >= 1)) {
    throw new EvaluationError('argument-out-of-range', `A rank is a whole number from 1, not ${maximumRank}.`);
  }
}
