import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areaUnderCurve } from './area-under-curve.ts';
import { operatingPoints } from './error-rates.ts';
import { sortScores } from './score-set.ts';

const someScores = fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 1, maxLength: 25 });
const auc = (mated: number[], nonMated: number[]) =>
  areaUnderCurve(operatingPoints(sortScores({ mated: Float64Array.from(mated), nonMated: Float64Array.from(nonMated) })));

describe('the area under the curve', () => {
  it('is the share of pairs the mated score wins, ties half', () => {
    fc.assert(
      fc.property(someScores, someScores, (mated, nonMated) => {
        let twiceWins = 0;
        for (const m of mated) for (const n of nonMated) twiceWins += m > n ? 2 : m === n ? 1 : 0;
        expect(auc(mated, nonMated)).toBe(twiceWins / (2 * mated.length * nonMated.length));
      }),
    );
  });

  it('does not change under a rising transform and mirrors when the kinds change places', () => {
    fc.assert(
      fc.property(someScores, someScores, (mated, nonMated) => {
        expect(auc(mated.map(Math.exp), nonMated.map(Math.exp))).toBe(auc(mated, nonMated));
        expect(auc(mated, nonMated) + auc(nonMated, mated)).toBeCloseTo(1, 14);
      }),
    );
  });

  it('is one half for constant scores and one for separated ones', () => {
    expect(auc([1, 1], [1])).toBe(0.5);
    expect(auc([3, 4], [1, 2])).toBe(1);
  });
});
