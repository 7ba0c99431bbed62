import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalizedMutualInformation } from './normalized-mutual-information.ts';

const labelPairs = fc.integer({ min: 1, max: 6 }).chain((count) => {
  const labels = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: count, maxLength: count });
  return fc.tuple(labels, labels);
});
const of = (labels: readonly number[]) => Int32Array.from(labels);

/** I(U; V) from joint and marginal frequencies, literally. */
function slowMutualInformation(first: number[], second: number[]): number {
  const share = (holds: (item: number) => boolean) => first.filter((_, item) => holds(item)).length / first.length;
  let sum = 0;
  for (const u of new Set(first)) {
    for (const v of new Set(second)) {
      const joint = share((item) => first[item] === u && second[item] === v);
      if (joint > 0) sum += joint * Math.log(joint / (share((i) => first[i] === u) * share((i) => second[i] === v)));
    }
  }
  return sum;
}

function entropyOf(labels: number[]): number {
  return slowMutualInformation(labels, labels);
}

/*
 * scikit-learn 1.9.1: normalized_mutual_info_score(u, v).
 */
const u30 = [0, 0, 3, 1, 2, 2, 2, 0, 1, 0, 1, 3, 2, 0, 2, 0, 3, 3, 3, 2, 3, 1, 0, 2, 1, 2, 3, 1, 3, 0];
const v30 = [3, 3, 3, 1, 2, 0, 2, 0, 1, 0, 1, 3, 4, 3, 2, 0, 3, 3, 0, 2, 3, 2, 0, 1, 1, 2, 3, 1, 3, 0];
const big = Array.from({ length: 2000 }, (_, i) => i);
const golden = [
  { u: [0, 0, 0, 1, 1, 1], v: [0, 0, 1, 1, 2, 2], nmi: 0.5158037429793889 },
  { u: [0, 0, 1, 1], v: [1, 1, 0, 0], nmi: 1 },
  { u: [0, 0, 0, 0], v: [0, 1, 2, 3], nmi: 0 },
  { u: [0, 1, 2, 3], v: [0, 0, 1, 1], nmi: 0.6666666666666666 },
  { u: u30, v: v30, nmi: 0.5697255162136554 },
  {
    u: big.map((i) => i % 37),
    v: big.map((i) => Math.floor((i * i) / 7) % 53),
    nmi: 0.11097648129851848,
  },
];

describe('normalised mutual information', () => {
  it.each(golden)('equals scikit-learn (case %#)', ({ u, v, nmi }) => {
    expect(normalizedMutualInformation(of(u), of(v))).toBeCloseTo(nmi, 13);
  });

  it('equals the literal definition when normalised by the mean entropy', () => {
    fc.assert(
      fc.property(labelPairs, ([u, v]) => {
        const mean = (entropyOf(u) + entropyOf(v)) / 2;
        const expected = mean === 0 ? 1 : slowMutualInformation(u, v) / mean;
        expect(normalizedMutualInformation(of(u), of(v))).toBeCloseTo(expected, 12);
      }),
    );
  });

  it('is symmetric and blind to the names of the labels', () => {
    fc.assert(
      fc.property(labelPairs, ([u, v]) => {
        const value = normalizedMutualInformation(of(u), of(v));
        expect(normalizedMutualInformation(of(v), of(u))).toBeCloseTo(value, 12);
        expect(normalizedMutualInformation(of(u.map((label) => 7 - 3 * label)), of(v))).toBeCloseTo(value, 12);
        expect(normalizedMutualInformation(of(u), of(u))).toBeCloseTo(1, 12);
      }),
    );
  });

  it('is refused for labellings of two lengths or of nothing', () => {
    expect(() => normalizedMutualInformation(of([1]), of([1, 2]))).toThrow(/1 labels cannot be compared with 2/);
    expect(() => normalizedMutualInformation(of([]), of([]))).toThrow(/no labels/);
  });
});
