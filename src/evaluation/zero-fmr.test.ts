import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { operatingPoints } from './error-rates.ts';
import { sortScores } from './score-set.ts';
import { zeroFmr, zeroFnmr } from './zero-fmr.ts';

const someScores = fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 1, maxLength: 25 });
const pointsOf = (mated: number[], nonMated: number[]) =>
  operatingPoints(sortScores({ mated: Float64Array.from(mated), nonMated: Float64Array.from(nonMated) }));

describe('the points without an error of one kind', () => {
  it('have the lowest rate of the other, by the literal definition', () => {
    fc.assert(
      fc.property(someScores, someScores, (mated, nonMated) => {
        const points = pointsOf(mated, nonMated);
        const highest = Math.max(...nonMated);
        const lowest = Math.min(...mated);
        expect(zeroFmr(points)).toMatchObject({ fmr: 0, fnmr: mated.filter((s) => s <= highest).length / mated.length });
        expect(zeroFnmr(points)).toMatchObject({ fnmr: 0, fmr: nonMated.filter((s) => s >= lowest).length / nonMated.length });
      }),
    );
  });

  it('are one point for separated scores, and the two ends for constant ones', () => {
    expect(zeroFmr(pointsOf([3, 4], [1]))).toEqual(zeroFnmr(pointsOf([3, 4], [1])));
    expect(zeroFmr(pointsOf([1], [1]))).toMatchObject({ fmr: 0, fnmr: 1 });
    expect(zeroFnmr(pointsOf([1], [1]))).toMatchObject({ fmr: 1, fnmr: 0 });
  });
});
