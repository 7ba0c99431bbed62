import type { OperatingPoints } from './error-rates.ts';

/** A run of scores that isotonic regression gives one probability. Counts, or sums of weights. */
export interface Pool {
  /** The lowest score of the run. It reaches up to the next pool's lowest score. */
  readonly from: number;
  readonly mated: number;
  readonly nonMated: number;
}

/**
 * Pool adjacent violators (Ayer et al., Annals of Mathematical Statistics 26, 1955): the coarsest division of the score
 * axis in which the share of mated scores strictly rises from pool to pool. The pools, taken from the top, are the sides
 * of the convex hull of the ROC (Fawcett and Niculescu-Mizil, Machine Learning 68, 2007).
 *
 * Equal scores enter together, so they are never parted. Shares are compared as cross products of counts, which is exact
 * up to 2^53, hence up to 9 * 10^15 pairs. One pass.
 */
export function poolAdjacentViolators(points: OperatingPoints): Pool[] {
  const { thresholds, falseMatches, falseNonMatches } = points;
  const pools: Pool[] = [];
  for (let index = 0; index + 1 < thresholds.length; index++) {
    let mated = falseNonMatches[index + 1]! - falseNonMatches[index]!;
    let nonMated = falseMatches[index]! - falseMatches[index + 1]!;
    let from = thresholds[index]!;
    if (mated === 0 && nonMated === 0) continue; // a score without weight in a resample
    for (let before = pools.at(-1); before !== undefined; before = pools.at(-1)) {
      if (before.mated * nonMated < mated * before.nonMated) break; // its share of mated scores is lower, as it must be
      pools.pop();
      from = before.from;
      mated += before.mated;
      nonMated += before.nonMated;
    }
    pools.push({ from, mated, nonMated });
  }
  return pools;
}
