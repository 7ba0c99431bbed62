import type { RankedSubjects } from './attributed-scores.ts';
import type { OperatingPoints } from './error-rates.ts';
import type { PairGroups } from './pair-groups.ts';
import type { PointLookup } from './point-lookup.ts';
import type { SubjectWeights } from './subject-weights.ts';
import { firstIndex } from './error-rates.ts';
import { blockWeights, blockWeightsOfFirst, blockWeightsWithTotal, groupPairs } from './pair-groups.ts';
import { subjectWeights, weighDrawn, weighDrawnMated, weighHalvedPairs } from './subject-weights.ts';
import { weightedMoments } from './weighted-moments.ts';
import { weightedCounts } from './weighted-counts.ts';
import type { WeightedWins } from './weighted-wins.ts';
import { weightedWins } from './weighted-wins.ts';

/** The operating points of one resample. Valid until the next resample is taken. */
export interface Resample extends PointLookup {
  /** The counts at every threshold: one pass over all scores. */
  readonly points: () => OperatingPoints;
}

/** Gives the operating points of one system under the weights of a resample of its subjects. */
export interface Resampler {
  /**
   * @param weights [subjectCount], how often each subject was drawn.
   * @returns undefined when a kind of score has no weight at all.
   */
  readonly resample: (weights: Int32Array) => Resample | undefined;
  /** The mated comparisons of such a resample beside the non-mated ones as they are. */
  readonly resampleMated: (weights: Int32Array) => Resample | undefined;
  /**
   * All mated comparisons, and the non-mated ones of about half of the pairs of subjects, doubled (`weighHalvedPairs`).
   *
   * @param signs [subjectCount], 1 or -1.
   */
  readonly halvePairs: (signs: Int32Array) => Resample | undefined;
}

/** Comparisons a block, at least; and at least so many a subject, so that gathering by subject pays. */
const SMALLEST_BLOCK = 32_768;
const BLOCK_PER_SUBJECT = 16;

/**
 * Prepares scores for resampling: blocks of consecutive operating points, each with its comparisons gathered by subject.
 * A resample then costs one sum a block; a figure that looks closer counts the errors of only the block it looks at.
 * All sums are of whole numbers below 2^53, hence equal to literal repetition.
 *
 * Memory: 8 bytes a score besides the scores and points, 20 once the area and d' were asked for.
 */
export function resamplerOf(
  ranked: RankedSubjects,
  points: OperatingPoints,
  smallestBlock: number = Math.max(SMALLEST_BLOCK, BLOCK_PER_SUBJECT * ranked.subjectCount),
): Resampler {
  const last = points.thresholds.length - 1;
  const blockCount = Math.min(last, Math.ceil((points.matedCount + points.nonMatedCount) / smallestBlock));
  const blockSize = Math.ceil(last / blockCount); // in points
  const firsts = Uint32Array.from({ length: Math.ceil(last / blockSize) }, (_, block) => block * blockSize);
  const ends = firsts.map((first) => Math.min(last, first + blockSize));
  const { subjectCount } = ranked;
  const weights = subjectWeights(subjectCount);
  const groups = {
    mated: groupPairs(
      { first: ranked.mated, second: ranked.mated, subjectCount },
      ends.map((end) => points.falseNonMatches[end]!),
    ),
    nonMated: groupPairs(
      { first: ranked.nonMatedFirst, second: ranked.nonMatedSecond, subjectCount },
      ends.map((end) => points.nonMatedCount - points.falseMatches[end]!),
    ),
  };
  const mated = blockSums(groups.mated, blockWeightsOfFirst);
  const ownNonMatedBelow = blockSums(groups.nonMated, blockWeights)(weights).slice();
  const counts = weightedCounts(ranked, points, weights);
  const nonMated = nonMatedSums(groups.nonMated, weightedWins(ranked, points, { groups: groups.nonMated, weights }));
  const moments = weightedMoments(ranked, points, { groups, weights });
  const lookup = lookupInBlocks(points.thresholds, { firsts, ends, countsWithin: counts.between });
  const weighed = (): Resample | undefined => {
    const matedBelow = mated(weights);
    const nonMatedBelow = weights.nonMatedFixed ? nonMated.unchanged(ownNonMatedBelow) : nonMated.below(weights);
    const matedCount = matedBelow[firsts.length]!;
    const nonMatedCount = nonMatedBelow[firsts.length]!;
    if (matedCount === 0 || nonMatedCount === 0) return undefined;
    return {
      ...lookup({ matedBelow, nonMatedBelow }),
      twiceWins: nonMated.twiceWins,
      moments: () => ({ mated: { count: matedCount, ...moments.mated() }, nonMated: { count: nonMatedCount, ...moments.nonMated() } }),
      points: () => counts.everywhere({ matedCount, nonMatedCount }),
    };
  };
  return {
    resample: (drawn) => {
      weighDrawn(weights, drawn);
      return weighed();
    },
    resampleMated: (drawn) => {
      weighDrawnMated(weights, drawn);
      return weighed();
    },
    halvePairs: (signs) => {
      weighHalvedPairs(weights, signs);
      return weighed();
    },
  };
}

/** The non-mated comparisons of a resample. Where the wins were asked for once, the pass over the blocks counts them too. */
function nonMatedSums(groups: PairGroups, wins: WeightedWins) {
  let counted: number | null = null;
  const below = blockSums(groups, (pairs, weights, result) => {
    const placed = wins.placedIfAsked();
    if (placed === undefined) blockWeights(pairs, weights, result);
    counted = placed === undefined ? null : blockWeightsWithTotal(pairs, weights, { ...placed, result });
  });
  return {
    below,
    unchanged: (known: Float64Array): Float64Array => {
      counted = null;
      return known;
    },
    twiceWins: (): number => (counted ??= wins.twiceWins()),
  };
}

/** Weight below each block; the last entry is the total. */
function blockSums(
  groups: PairGroups,
  sum: (groups: PairGroups, weights: SubjectWeights, result: Float64Array) => void,
): (weights: SubjectWeights) => Float64Array {
  const blocks = new Float64Array(groups.blockRunEnd.length);
  const below = new Float64Array(groups.blockRunEnd.length + 1);
  return (weights) => {
    sum(groups, weights, blocks);
    for (let block = 0; block < blocks.length; block++) below[block + 1] = below[block]! + blocks[block]!;
    return below;
  };
}

/** Weights below the points of a stretch, counted from its start. */
export interface CountsWithin {
  readonly mated: Float64Array;
  readonly nonMated: Float64Array;
}

interface Blocks {
  readonly firsts: Uint32Array; // [blocks], first point
  readonly ends: Uint32Array; // [blocks], one past the last point
  readonly countsWithin: (from: number, to: number) => CountsWithin;
}

interface Sums {
  readonly matedBelow: Float64Array; // [blocks + 1]
  readonly nonMatedBelow: Float64Array; // [blocks + 1]
}

function lookupInBlocks(thresholds: Float64Array, { firsts, ends, countsWithin }: Blocks) {
  const last = thresholds.length - 1; // the point that rejects everything: the start of a block past the last one
  const size = ends[0]!;
  return ({ matedBelow, nonMatedBelow }: Sums): Omit<PointLookup, 'twiceWins' | 'moments'> => {
    const total = { mated: matedBelow[firsts.length]!, nonMated: nonMatedBelow[firsts.length]! };
    const seen = new Map<number, CountsWithin>();
    const within = (block: number): CountsWithin => {
      let counts = seen.get(block);
      if (counts === undefined) seen.set(block, (counts = countsWithin(firsts[block]!, ends[block]!)));
      return counts;
    };
    const below = (index: number, kind: 'mated' | 'nonMated'): number => {
      if (index === last) return total[kind];
      const block = Math.floor(index / size);
      const start = (kind === 'mated' ? matedBelow : nonMatedBelow)[block]!;
      const offset = index - firsts[block]!;
      return offset === 0 ? start : start + within(block)[kind][offset]!;
    };
    return {
      thresholds,
      matedCount: total.mated,
      nonMatedCount: total.nonMated,
      falseMatches: (index) => total.nonMated - below(index, 'nonMated'),
      falseNonMatches: (index) => below(index, 'mated'),
      firstIndex: (holds) => {
        const after = firstIndex(firsts.length, (block) => holds(firsts[block]!));
        if (after === 0) return 0;
        const from = firsts[after - 1]! + 1;
        return from + firstIndex(ends[after - 1]! - from, (offset) => holds(from + offset));
      },
    };
  };
}
