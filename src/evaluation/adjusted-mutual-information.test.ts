import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adjustedMutualInformation, expectedMutualInformation } from './adjusted-mutual-information.ts';
import { contingency } from './contingency.ts';

const labelPairs = fc.integer({ min: 1, max: 6 }).chain((count) => {
  const labels = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: count, maxLength: count });
  return fc.tuple(labels, labels);
});
const of = (labels: readonly number[]) => Int32Array.from(labels);
const emi = (first: readonly number[], second: readonly number[]) => expectedMutualInformation(contingency(of(first), of(second)));

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

function permutations(items: number[]): number[][] {
  if (items.length <= 1) return [items];
  return items.flatMap((item, at) => permutations(items.filter((_, other) => other !== at)).map((rest) => [item, ...rest]));
}

/*
 * scikit-learn 1.9.1: adjusted_mutual_info_score(u, v),
 * expected_mutual_information(contingency_matrix(u, v, sparse=True), n).
 */
const u30 = [0, 0, 3, 1, 2, 2, 2, 0, 1, 0, 1, 3, 2, 0, 2, 0, 3, 3, 3, 2, 3, 1, 0, 2, 1, 2, 3, 1, 3, 0];
const v30 = [3, 3, 3, 1, 2, 0, 2, 0, 1, 0, 1, 3, 4, 3, 2, 0, 3, 3, 0, 2, 3, 2, 0, 1, 1, 2, 3, 1, 3, 0];
const big = Array.from({ length: 2000 }, (_, i) => i);
const golden = [
  { u: [0, 0, 0, 1, 1, 1], v: [0, 0, 1, 1, 2, 2], ami: 0.2987924581708901, emi: 0.27725887222397816 },
  { u: [0, 0, 1, 1], v: [1, 1, 0, 0], ami: 1, emi: 0.23104906018664825 },
  { u: [0, 0, 0, 0], v: [0, 1, 2, 3], ami: 0, emi: 0 },
  { u: [0, 1, 2, 3], v: [0, 0, 1, 1], ami: 0, emi: 0.6931471805599453 },
  { u: u30, v: v30, ami: 0.48414607721755526, emi: 0.23575946515700455 },
  {
    u: big.map((i) => i % 37),
    v: big.map((i) => Math.floor((i * i) / 7) % 53),
    ami: -0.023777665251614302,
    emi: 0.488457504332221,
  },
];

describe('adjusted mutual information', () => {
  it.each(golden)('equals scikit-learn (case %#)', ({ u, v, ami, emi: expected }) => {
    expect(adjustedMutualInformation(of(u), of(v))).toBeCloseTo(ami, 12);
    expect(emi(u, v)).toBeCloseTo(expected, 11); // ln(2000!) alone is rounded at 2e-12
  });

  it('expects of chance what the mean over all permutations is', () => {
    fc.assert(
      fc.property(labelPairs, ([u, v]) => {
        const all = permutations(v);
        const mean = all.reduce((sum, order) => sum + slowMutualInformation(u, order), 0) / all.length;
        expect(emi(u, v)).toBeCloseTo(mean, 12);
      }),
      { numRuns: 30 },
    );
  });

  it('is symmetric and blind to the names of the labels', () => {
    fc.assert(
      fc.property(labelPairs, ([u, v]) => {
        const value = adjustedMutualInformation(of(u), of(v));
        expect(adjustedMutualInformation(of(v), of(u))).toBeCloseTo(value, 12);
        expect(adjustedMutualInformation(of(u.map((label) => 7 - 3 * label)), of(v))).toBeCloseTo(value, 12);
        expect(adjustedMutualInformation(of(u), of(u))).toBeCloseTo(1, 12);
      }),
    );
  });

  it('is refused for labellings of two lengths or of nothing', () => {
    expect(() => adjustedMutualInformation(of([1]), of([1, 2]))).toThrow(/1 labels cannot be compared with 2/);
    expect(() => adjustedMutualInformation(of([]), of([]))).toThrow(/no labels/);
  });
});
