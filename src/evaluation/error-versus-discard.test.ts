import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { discardArea, errorVersusDiscard } from './error-versus-discard.ts';

const someJudged = fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 9 })), { minLength: 1, maxLength: 30 });
const curveOf = (rows: readonly (readonly [boolean, number])[]) =>
  errorVersusDiscard({ isError: rows.map(([error]) => error), quality: Float64Array.from(rows, ([, quality]) => quality) });

describe('the error-versus-discard curve', () => {
  it('equals the literal share of errors at every quality', () => {
    fc.assert(
      fc.property(someJudged, (rows) => {
        const { discarded, error, quality } = curveOf(rows);
        const levels = [...new Set(rows.map(([, q]) => q))].sort((a, b) => a - b);
        expect([...quality]).toEqual(levels);
        levels.forEach((level, at) => {
          const kept = rows.filter(([, q]) => q >= level);
          expect(discarded[at]).toBe((rows.length - kept.length) / rows.length);
          expect(error[at]).toBe(kept.filter(([isError]) => isError).length / kept.length);
        });
      }),
    );
  });

  it('has the area of its steps, between the ideal and, for a useless quality, the level', () => {
    const rows = [[true, 1], [true, 2], [false, 3], [false, 4], [false, 5], [false, 6], [false, 7], [false, 8], [false, 9], [false, 10]] as const;
    const { area, ideal, level } = discardArea(curveOf(rows), 0.25);
    expect(area).toBeCloseTo((0.1 * 0.2 + 0.1 * (1 / 9) + 0) / 0.25, 15);
    expect(level).toBe(0.2);
    const steps = 200_000;
    const literal = Array.from({ length: steps }, (_, i) => ((i + 0.5) / steps) * 0.25).reduce((sum, x) => sum + Math.max(0, (0.2 - x) / (1 - x)), 0) / steps;
    expect(ideal).toBeCloseTo(literal, 9);
    expect(ideal).toBeLessThan(area);
    const blind = discardArea(curveOf(rows.map(([isError]) => [isError, 5])), 0.25);
    expect(blind.area).toBeCloseTo(blind.level, 15);
  });

  it('never beats the ideal', () => {
    fc.assert(
      fc.property(someJudged, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (rows, largest) => {
        const { area, ideal, level } = discardArea(curveOf(rows), largest);
        expect(area).toBeGreaterThanOrEqual(ideal - 1e-12);
        expect(ideal).toBeLessThanOrEqual(level);
      }),
    );
  });

  it('does not exist without comparisons or with an unknown quality', () => {
    expect(() => curveOf([])).toThrow(/no error to lower/);
    expect(() => curveOf([[true, NaN]])).toThrow(/index 0/);
    expect(() => errorVersusDiscard({ isError: [], quality: Float64Array.of(1) })).toThrow(/0 judgements/);
    for (const largest of [0, 1, NaN]) expect(() => discardArea(curveOf([[true, 1]]), largest)).toThrow(/between 0 and 1/);
  });
});
