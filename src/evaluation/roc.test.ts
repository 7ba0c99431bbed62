import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rocCurve } from './roc.ts';

const someScores = fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 1, maxLength: 25 }).map((a) => Float64Array.from(a));

describe('the ROC curve', () => {
  it('holds the literal FMR and TMR at every distinct score with at least one false match', () => {
    fc.assert(
      fc.property(someScores, someScores, (mated, nonMated) => {
        const expected = [...new Set([...mated, ...nonMated])]
          .sort((a, b) => a - b)
          .map((t) => ({
            t,
            fmr: nonMated.filter((score) => score >= t).length / nonMated.length,
            tmr: mated.filter((score) => score >= t).length / mated.length,
          }))
          .filter(({ fmr }) => fmr > 0);
        const curve = rocCurve(mated, nonMated);
        expect([...curve.thresholds]).toEqual(expected.map(({ t }) => t));
        expect([...curve.fmr]).toEqual(expected.map(({ fmr }) => fmr));
        expect([...curve.tmr]).toEqual(expected.map(({ tmr }) => tmr));
        curve.fnmr.forEach((fnmr, i) => expect(fnmr).toBeCloseTo(1 - curve.tmr[i]!, 14));
      }),
    );
  });

  it('ends at one false match and never below it', () => {
    const curve = rocCurve(Float64Array.of(5, 6), Float64Array.of(1, 2, 3, 4));
    expect(curve.fmr.at(-1)).toBe(1 / 4);
    expect(curve.tmr.at(-1)).toBe(1);
  });

  it('does not change under a rising transform of the scores', () => {
    fc.assert(
      fc.property(someScores, someScores, (mated, nonMated) => {
        const before = rocCurve(mated, nonMated);
        const after = rocCurve(mated.map((s) => Math.exp(s) - 3), nonMated.map((s) => Math.exp(s) - 3));
        expect(after.fmr).toEqual(before.fmr);
        expect(after.fnmr).toEqual(before.fnmr);
      }),
    );
  });

  it('is one point for constant scores', () => {
    expect(rocCurve(Float64Array.of(1, 1), Float64Array.of(1))).toMatchObject({ fmr: Float64Array.of(1), tmr: Float64Array.of(1) });
  });

  it('does not exist for one kind of score', () => {
    expect(() => rocCurve(Float64Array.of(1), new Float64Array(0))).toThrow(/no non-mated scores/);
  });
});
