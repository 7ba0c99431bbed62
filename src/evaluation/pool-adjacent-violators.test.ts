import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { operatingPoints } from './error-rates.ts';
import { poolAdjacentViolators } from './pool-adjacent-violators.ts';
import { sortScores } from './score-set.ts';

const someScores = fc.array(fc.integer({ min: -6, max: 6 }), { minLength: 1, maxLength: 40 });
const pointsOf = (mated: number[], nonMated: number[]) =>
  operatingPoints(sortScores({ mated: Float64Array.from(mated), nonMated: Float64Array.from(nonMated) }));

/** Isotonic regression as its min-max formula (Robertson et al. 1988), over distinct scores: slow, and exact enough. */
function literalShares(mated: number[], nonMated: number[]): Map<number, number> {
  const scores = [...new Set([...mated, ...nonMated])].sort((a, b) => a - b);
  const share = (from: number, to: number) => {
    const m = mated.filter((s) => s >= scores[from]! && s <= scores[to]!).length;
    return m / (m + nonMated.filter((s) => s >= scores[from]! && s <= scores[to]!).length);
  };
  const shareAt = (at: number) =>
    Math.max(...scores.slice(0, at + 1).map((_, from) => Math.min(...scores.slice(at).map((__, up) => share(from, at + up)))));
  return new Map(scores.map((score, at) => [score, shareAt(at)]));
}

describe('pooled adjacent violators', () => {
  it('give each score its share by the min-max formula of isotonic regression', () => {
    fc.assert(
      fc.property(someScores, someScores, (mated, nonMated) => {
        const pools = poolAdjacentViolators(pointsOf(mated, nonMated));
        for (const [score, expected] of literalShares(mated, nonMated)) {
          const pool = pools.findLast(({ from }) => from <= score)!;
          expect(pool.mated / (pool.mated + pool.nonMated)).toBe(expected);
        }
      }),
    );
  });

  it('rise strictly and hold every score once', () => {
    fc.assert(
      fc.property(someScores, someScores, (mated, nonMated) => {
        const pools = poolAdjacentViolators(pointsOf(mated, nonMated));
        const shares = pools.map((pool) => pool.mated / (pool.mated + pool.nonMated));
        shares.slice(1).forEach((share, at) => expect(share).toBeGreaterThan(shares[at]!));
        expect(pools.reduce((sum, pool) => sum + pool.mated, 0)).toBe(mated.length);
        expect(pools.reduce((sum, pool) => sum + pool.nonMated, 0)).toBe(nonMated.length);
      }),
    );
  });

  it('are one for constant or reversed scores and two for separated ones', () => {
    expect(poolAdjacentViolators(pointsOf([1, 1], [1]))).toEqual([{ from: 1, mated: 2, nonMated: 1 }]);
    expect(poolAdjacentViolators(pointsOf([1, 2], [3]))).toEqual([{ from: 1, mated: 2, nonMated: 1 }]);
    expect(poolAdjacentViolators(pointsOf([3, 4], [1, 2]))).toEqual([
      { from: 1, mated: 0, nonMated: 2 },
      { from: 3, mated: 2, nonMated: 0 },
    ]);
  });
});
