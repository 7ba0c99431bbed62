import type { RankedSubjects } from './attributed-scores.ts';
import type { OperatingPoints } from './error-rates.ts';
import type { PointLookup } from './point-lookup.ts';
import type { RankedPairs } from './ranked-pairs.ts';
import type { SubjectWeights } from './subject-weights.ts';
import type { WeightedMoments } from './weighted-moments.ts';
import type { PointBlocks, WeightsBelow } from './weights-below.ts';
import { firstIndex } from './error-rates.ts';
import { originOf } from './point-lookup.ts';
import { rankedPairs } from './ranked-pairs.ts';
import { subjectWeights, weighDrawn, weighHalvedPairs } from './subject-weights.ts';
import { fillMated, fillNonMated } from './weighted-counts.ts';
import { weightedMoments } from './weighted-moments.ts';
import { matedRanks, twiceWinsOfSubjects, weightedWalk } from './weighted-walk.ts';
import { ownNonMatedBelow, pointBlocks, weightsInBlocks } from './weights-below.ts';

/** The operating points of one resample. Valid until the next resample is taken. */
export interface Resample extends PointLookup {
  /** The counts at every threshold: one pass over all scores. */
  readonly points: () => OperatingPoints;
}

export interface SubjectResample extends Resample {
  /** Its mated comparisons beside the non-mated ones as they are. */
  readonly matedAlone: () => Resample;
}

/** Gives the operating points of one system under the weights of a resample of its subjects. */
export interface Resampler {
  /**
   * @param weights [subjectCount], how often each subject was drawn.
   * @returns undefined when a kind of score has no weight at all.
   */
  readonly resample: (weights: Int32Array) => SubjectResample | undefined;
  /**
   * All mated comparisons, and the non-mated ones of about half of the pairs of subjects, doubled (`weighHalvedPairs`).
   *
   * @param signs [subjectCount], 1 or -1.
   */
  readonly halvePairs: (signs: Int32Array) => Resample | undefined;
}

/** Comparisons a block, at least. */
const SMALLEST_BLOCK = 32_768;

/**
 * Prepares scores for resampling: blocks of consecutive operating points. A resample then costs one pass over the
 * comparisons in the order of their scores (`weightedWalk`), which keeps the weight below each block; a figure that looks
 * closer counts the errors of only the block it looks at. All sums are of whole numbers below 2^53, hence equal to literal
 * repetition.
 *
 * Memory: 4 bytes a mated score besides the scores and points, or 8 where scores are tied, once the area was asked for.
 */
export function resamplerOf(ranked: RankedSubjects, points: OperatingPoints, smallestBlock: number = SMALLEST_BLOCK): Resampler {
  const { mated: subjects, subjectCount } = ranked;
  const weights = subjectWeights(subjectCount);
  const blocks = pointBlocks(points, smallestBlock);
  const pairs = rankedPairs(ranked);
  const nonMated = nonMatedSums({ pairs, points, blocks, weights }, subjects);
  const matedBelow = matedSums(subjects, points, blocks);
  const moments = weightedMoments({ mated: { subjects, scores: ranked.scores.mated }, nonMated: pairs, subjectCount }, weights, originOf(points.thresholds));
  const whole = onceAsked(() => ({ mated: new Float64Array(points.thresholds.length), nonMated: new Float64Array(points.thresholds.length) }));
  const ownNonMated = ownNonMatedBelow(points);
  const ownWins = onceAsked(() => twiceWinsOfSubjects(nonMated.ranks(), subjectCount));
  const weighed = (): SubjectResample | undefined => {
    const ofMated = weightsInBlocks(blocks, matedBelow(weights), { fill: fillMated(subjects, points, weights), column: () => whole().mated });
    const ofNonMated = weightsInBlocks(blocks, nonMated.below(), { fill: fillNonMated(pairs, points, weights), column: () => whole().nonMated });
    if (ofMated.total === 0 || ofNonMated.total === 0) return undefined;
    const look = lookupInBlocks(points.thresholds, blocks);
    return {
      ...look({ mated: ofMated, nonMated: ofNonMated }, moments),
      twiceWins: nonMated.twiceWins,
      matedAlone: () => ({
        ...look({ mated: ofMated, nonMated: ownNonMated }, { mated: moments.mated, nonMated: moments.ownNonMated }),
        twiceWins: () => weights.mated.reduce((sum, weight, subject) => sum + weight * ownWins()[subject]!, 0),
      }),
    };
  };
  return {
    resample: (drawn) => {
      weighDrawn(weights, drawn);
      return weighed();
    },
    halvePairs: (signs) => {
      weighHalvedPairs(weights, signs);
      return weighed();
    },
  };
}

/** What depends on the scores only, made when it is asked for first. */
function onceAsked<Value>(make: () => Value): () => Value {
  let value: Value | undefined;
  return () => (value ??= make());
}

/** The weight of mated comparisons below each block; the last entry is the total. */
function matedSums(subjects: Uint32Array, { falseNonMatches }: OperatingPoints, { ends }: PointBlocks): (weights: SubjectWeights) => Float64Array {
  const below = new Float64Array(ends.length + 1);
  return ({ mated: weights }) => {
    let weight = 0;
    for (let block = 0, at = 0; block < ends.length; block++) {
      for (const end = falseNonMatches[ends[block]!]!; at < end; at++) weight += weights[subjects[at]!]!;
      below[block + 1] = weight;
    }
    return below;
  };
}

interface NonMated {
  readonly pairs: RankedPairs;
  readonly points: OperatingPoints;
  readonly blocks: PointBlocks;
  readonly weights: SubjectWeights;
}

/** The same of non-mated ones. Where the wins were asked for once, the pass over them counts those too. */
function nonMatedSums({ pairs, points, blocks, weights }: NonMated, matedSubjects: Uint32Array) {
  const ends = blocks.ends.map((end) => points.nonMatedCount - points.falseMatches[end]!);
  const result = new Float64Array(ends.length + 1);
  const ranks = onceAsked(() => matedRanks(matedSubjects, points));
  let areWinsWanted = false;
  let wins: number | undefined;
  const walk = (): number => weightedWalk(pairs, weights, { ends, result, mated: areWinsWanted ? ranks() : undefined });
  return {
    ranks,
    below: (): Float64Array => {
      const counted = walk();
      wins = areWinsWanted ? counted : undefined;
      return result;
    },
    twiceWins: (): number => {
      areWinsWanted = true;
      return (wins ??= walk());
    },
  };
}

interface Below {
  readonly mated: WeightsBelow;
  readonly nonMated: WeightsBelow;
}

type Looked = Omit<Resample, 'twiceWins'>;

function lookupInBlocks(thresholds: Float64Array, { firsts, ends }: PointBlocks): (below: Below, powers: Pick<WeightedMoments, 'mated' | 'nonMated'>) => Looked {
  return ({ mated, nonMated }, powers) => ({
    thresholds,
    matedCount: mated.total,
    nonMatedCount: nonMated.total,
    falseMatches: (index) => nonMated.total - nonMated.at(index),
    falseNonMatches: mated.at,
    firstIndex: (holds) => {
      const after = firstIndex(firsts.length, (block) => holds(firsts[block]!));
      if (after === 0) return 0;
      const from = firsts[after - 1]! + 1;
      return from + firstIndex(ends[after - 1]! - from, (offset) => holds(from + offset));
    },
    moments: () => ({ mated: { count: mated.total, ...powers.mated() }, nonMated: { count: nonMated.total, ...powers.nonMated() } }),
    points: () => {
      const falseMatches = nonMated.everywhere();
      for (let index = 0; index < falseMatches.length; index++) falseMatches[index] = nonMated.total - falseMatches[index]!;
      return { thresholds, falseMatches, falseNonMatches: mated.everywhere(), matedCount: mated.total, nonMatedCount: nonMated.total };
    },
  });
}
