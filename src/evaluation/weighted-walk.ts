import type { OperatingPoints } from './error-rates.ts';
import type { RankedPairs } from './ranked-pairs.ts';
import type { SubjectWeights } from './subject-weights.ts';

/** Comparisons whose running sum is kept at a time: it stays in the processor's cache, and no sum of all is ever stored. */
const STRETCH = 32_768;

/** Where each mated score stands among the non-mated ones, both ascending. */
export interface MatedRanks {
  readonly subjects: Uint32Array; // [mated]
  /** [mated], how many non-mated scores are below, and how many are below or equal; one and the same column without a tie. */
  readonly below: Uint32Array;
  readonly upTo: Uint32Array;
}

export function matedRanks(subjects: Uint32Array, { falseMatches, falseNonMatches, nonMatedCount }: OperatingPoints): MatedRanks {
  const [below, upTo] = [new Uint32Array(subjects.length), new Uint32Array(subjects.length)];
  let hasTies = false;
  for (let index = 0, at = 0; index + 1 < falseMatches.length; index++) {
    for (; at < falseNonMatches[index + 1]!; at++) {
      below[at] = nonMatedCount - falseMatches[index]!;
      upTo[at] = nonMatedCount - falseMatches[index + 1]!;
      hasTies ||= below[at] !== upTo[at];
    }
  }
  return { subjects, below, upTo: hasTies ? upTo : below };
}

/** Twice the wins of each subject's mated scores over all non-mated ones as they are, a tie counting one: [subjects]. */
export function twiceWinsOfSubjects({ subjects, below, upTo }: MatedRanks, subjectCount: number): Float64Array {
  const wins = new Float64Array(subjectCount);
  for (let at = 0; at < subjects.length; at++) wins[subjects[at]!]! += below[at]! + upTo[at]!;
  return wins;
}

export interface WalkAsks {
  /** [blocks] ascending, the last is the number of comparisons: the weight below each goes to `result`. */
  readonly ends: Uint32Array;
  readonly result: Float64Array; // [blocks + 1], the first entry 0
  /** Whose wins are counted on the way. */
  readonly mated: MatedRanks | undefined;
}

/**
 * One pass over the non-mated comparisons of a resample, in the order of their scores: the weight below each block, and
 * twice the wins of mated over non-mated ones (each mated comparison adds its weight times the non-mated weight below it
 * and that up to it; 0 unless asked for). All sums are of whole numbers, exact up to 2^53.
 */
export function weightedWalk(pairs: RankedPairs, weights: SubjectWeights, { ends, result, mated }: WalkAsks): number {
  const count = pairs.first.length;
  const running = new Float64Array(Math.min(count, STRETCH) + 1);
  const readBelow = mated && reader(mated.below, mated.subjects);
  const readUpTo = mated && mated.upTo !== mated.below ? reader(mated.upTo, mated.subjects) : undefined;
  let [below, block, wins] = [0, 0, 0];
  for (let from = 0; from < count; from += STRETCH) {
    const to = Math.min(count, from + STRETCH);
    const stretch = { from, to, below, running };
    sumUp(pairs, weights, stretch);
    for (; block < ends.length && ends[block]! <= to; block++) result[block + 1] = below + running[ends[block]! - from]!;
    if (readBelow !== undefined) {
      const read = readBelow(weights.mated, stretch);
      wins += read + (readUpTo === undefined ? read : readUpTo(weights.mated, stretch));
    }
    below += running[to - from]!;
  }
  return wins;
}

interface Stretch {
  readonly from: number;
  readonly to: number;
  /** The weight of all comparisons before `from`. */
  readonly below: number;
  readonly running: Float64Array; // the weight of [from, from + offset)
}

function sumUp({ first, partners }: RankedPairs, { pair, added }: SubjectWeights, { from, to, running }: Stretch): void {
  let sum = 0;
  for (let at = from, offset = 0; at < to; at++, offset++) {
    running[offset] = sum;
    sum += pair[first[at]!]! * pair[partners[at]!]! + added;
  }
  running[to - from] = sum;
}

/** Reads ascending ranks stretch by stretch: the sum of weight * (non-mated weight below the rank). */
function reader(ranks: Uint32Array, subjects: Uint32Array): (weights: Int32Array, stretch: Stretch) => number {
  let at = 0;
  return (weights, { from, to, below, running }) => {
    let [weight, within] = [0, 0];
    for (; at < ranks.length && ranks[at]! <= to; at++) {
      const here = weights[subjects[at]!]!;
      weight += here;
      within += here * running[ranks[at]! - from]!;
    }
    return weight * below + within;
  };
}
