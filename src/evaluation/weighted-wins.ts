import type { RankedSubjects } from './attributed-scores.ts';
import type { OperatingPoints } from './error-rates.ts';
import type { PairGroups, PlacedValues } from './pair-groups.ts';
import type { SubjectWeights } from './subject-weights.ts';
import { weightedTotal } from './pair-groups.ts';

/**
 * Twice the wins of mated over non-mated scores (ties one), under the weights of a resample: each non-mated comparison
 * adds its weight times twice the mated weight above it and once that beside it. One pass, exact up to 2^53.
 *
 * What only depends on the scores is prepared at the first call.
 */
export function weightedWins(
  ranked: RankedSubjects,
  points: OperatingPoints,
  { groups, weights }: { readonly groups: PairGroups; readonly weights: SubjectWeights },
): WeightedWins {
  let prepared: Levels | undefined;
  let draw = NaN;
  const placed = (): Levels & PlacedValues => {
    const levels = (prepared ??= levelsOf(points, groups.order));
    const values = draw === weights.matedDraw ? levels.wins : winsPerLevel(ranked.mated, weights.mated, levels);
    draw = weights.matedDraw;
    return { ...levels, values };
  };
  return {
    placedIfAsked: () => prepared && placed(),
    twiceWins: () => {
      const levels = placed();
      return weights.nonMatedFixed ? dot(levels.counts, levels.values) : weightedTotal(groups, weights, levels);
    },
  };
}

export interface WeightedWins {
  readonly twiceWins: () => number;
  /** What each non-mated comparison adds for a weight of one, for a pass that goes over them anyhow; undefined until the wins were asked for once. */
  readonly placedIfAsked: () => PlacedValues | undefined;
}

/**
 * The distinct mated scores cut the axis into levels: 2k lies below the k-th of them (from 0) and above the one before,
 * 2k + 1 on it.
 */
interface Levels {
  readonly places: Uint32Array; // [nonMated], the level of each non-mated score, in the order of the groups
  readonly matedEnd: Uint32Array; // [distinct mated scores], how many mated scores are at or below each
  readonly counts: Float64Array; // [levels], of non-mated scores
  readonly wins: Float64Array; // [levels], filled anew in each resample
}

function levelsOf(points: OperatingPoints, order: Uint32Array): Levels {
  const { falseMatches, falseNonMatches } = points;
  const levelByRank = new Uint32Array(order.length);
  const matedEnd: number[] = [];
  let rank = 0;
  for (let index = 0; index + 1 < points.thresholds.length; index++) {
    const hasMated = falseNonMatches[index + 1]! > falseNonMatches[index]!;
    const level = 2 * matedEnd.length + (hasMated ? 1 : 0);
    const end = points.nonMatedCount - falseMatches[index + 1]!;
    for (; rank < end; rank++) levelByRank[rank] = level;
    if (hasMated) matedEnd.push(falseNonMatches[index + 1]!);
  }
  const places = order.map((at) => levelByRank[at]!);
  const counts = new Float64Array(2 * matedEnd.length + 1);
  for (let rank = 0; rank < levelByRank.length; rank++) counts[levelByRank[rank]!]!++;
  return { places, counts, matedEnd: Uint32Array.from(matedEnd), wins: new Float64Array(counts.length) };
}

/** A loop: there are millions of levels. */
function dot(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at++) sum += one[at]! * other[at]!;
  return sum;
}

function winsPerLevel(mated: Uint32Array, weights: Int32Array, { matedEnd, wins }: Levels): Float64Array {
  let above = 0;
  wins[2 * matedEnd.length] = 0;
  for (let k = matedEnd.length - 1; k >= 0; k--) {
    let here = 0;
    for (let at = k === 0 ? 0 : matedEnd[k - 1]!; at < matedEnd[k]!; at++) here += weights[mated[at]!]!;
    wins[2 * k + 1] = 2 * above + here;
    above += here;
    wins[2 * k] = 2 * above;
  }
  return wins;
}
