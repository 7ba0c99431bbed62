import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldAccuracy } from './fold-accuracy.ts';

/** To the letter: every threshold on the other folds, the lowest of the best. */
function literal(scores: number[], isMated: number[], folds: number[]): { accuracy: number; naive: number } {
  const rate = (places: number[], threshold: number): number => places.filter((at) => (scores[at]! >= threshold ? 1 : 0) === isMated[at]).length / places.length;
  const best = (places: number[]): number => {
    const thresholds = [...places.map((at) => scores[at]!).sort((a, b) => a - b), Infinity];
    return thresholds.reduce((chosen, threshold) => (rate(places, threshold) > rate(places, chosen) ? threshold : chosen));
  };
  const all = scores.map((_, at) => at);
  const names = [...new Set(folds)];
  const shares = names.map((fold) => rate(all.filter((at) => folds[at] === fold), best(all.filter((at) => folds[at] !== fold))));
  return { accuracy: shares.reduce((sum, share) => sum + share, 0) / names.length, naive: rate(all, best(all)) };
}

describe('accuracy over folds', () => {
  it('equals the literal search, ties included', () => {
    const row = fc.record({ score: fc.integer({ min: 0, max: 8 }), isMated: fc.integer({ min: 0, max: 1 }) });
    fc.assert(fc.property(fc.array(row, { minLength: 6, maxLength: 40 }), fc.integer({ min: 2, max: 4 }), (rows, count) => {
      const [scores, isMated, folds] = [rows.map(({ score }) => score), rows.map((one) => one.isMated), rows.map((_, at) => at % count)];
      const ours = foldAccuracy({ scores: Float64Array.from(scores), isMated: Uint8Array.from(isMated), folds: Int32Array.from(folds) });
      const { accuracy, naive } = literal(scores, isMated, folds);
      expect(ours.accuracy).toBeCloseTo(accuracy, 12);
      expect(ours.naive).toBeCloseTo(naive, 12);
      expect(ours.folds).toBe(count);
    }));
  });

  it('has the standard error of the mean over the folds', () => {
    // Fold 1 is right throughout at the threshold of fold 2, and the other way round half of it is.
    const ours = foldAccuracy({ scores: Float64Array.of(1, 3, 2, 3), isMated: Uint8Array.of(0, 1, 0, 1), folds: Int32Array.of(0, 0, 1, 1) });
    expect(ours).toEqual({ folds: 2, accuracy: 1, standardError: 0, naive: 1 });
    const worse = foldAccuracy({ scores: Float64Array.of(1, 3, 4, 6), isMated: Uint8Array.of(0, 1, 0, 1), folds: Int32Array.of(0, 0, 1, 1) });
    expect(worse).toMatchObject({ accuracy: 0.5, standardError: 0, naive: 0.75 });
  });

  it('is refused for one fold, and for a fold without comparisons', () => {
    const one = { scores: Float64Array.of(1, 2), isMated: Uint8Array.of(0, 1) };
    expect(() => foldAccuracy({ ...one, folds: Int32Array.of(0, 0) })).toThrow(/Fold 1 of 1/);
    expect(() => foldAccuracy({ ...one, folds: Int32Array.of(0, 2) })).toThrow(/Fold 2 of 3/);
  });
});
