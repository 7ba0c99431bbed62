import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detCurve } from './det.ts';

const someScores = fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 1, maxLength: 25 }).map((a) => Float64Array.from(a));

describe('the DET curve', () => {
  it('holds every literal point at which both errors occur, and no other', () => {
    fc.assert(
      fc.property(someScores, someScores, (mated, nonMated) => {
        const expected = [...new Set([...mated, ...nonMated])]
          .sort((a, b) => a - b)
          .map((t) => [
            nonMated.filter((score) => score >= t).length / nonMated.length,
            mated.filter((score) => score < t).length / mated.length,
          ])
          .filter(([fmr, fnmr]) => fmr! > 0 && fnmr! > 0);
        const curve = detCurve(mated, nonMated);
        expect([...curve.fmr].map((fmr, index) => [fmr, curve.fnmr[index]])).toEqual(expected);
      }),
    );
  });

  it('is empty for perfectly separated scores', () => {
    expect(detCurve(Float64Array.of(3, 4), Float64Array.of(1, 2)).fmr).toHaveLength(0);
  });

  it('ends where the data end on both axes', () => {
    const curve = detCurve(Float64Array.of(1, 3, 5, 7, 9), Float64Array.of(0, 2, 4, 6));
    expect(Math.min(...curve.fmr)).toBe(1 / 4);
    expect(Math.min(...curve.fnmr)).toBe(1 / 5);
  });
});
