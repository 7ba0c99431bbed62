import type { RankedPairs } from './ranked-pairs.ts';
import type { Scores } from './score-set.ts';
import type { SubjectWeights } from './subject-weights.ts';

/** What the comparisons of each two subjects come to: all that a sum over them needs, whatever the subjects weigh. */
export interface PairTables {
  readonly side: number;
  /** Sums of values and of their squares, [side, side]: at the row of the one subject and the column of the other, which is the larger number. */
  readonly sums: Float64Array;
  readonly squares: Float64Array;
  readonly total: { readonly sum: number; readonly squares: number };
}

/** Of scores about an origin. */
export function pairTables({ first, partners, scores }: RankedPairs, origin: number, subjectCount: number): PairTables {
  const side = subjectCount + 1;
  const [sums, squares] = [new Float64Array(side * side), new Float64Array(side * side)];
  const total = { sum: 0, squares: 0 };
  for (let at = 0; at < first.length; at++) {
    const [one, other] = [first[at]!, partners[at]!];
    const place = one < other ? one * side + other : other * side + one;
    const value = scores[at]! - origin;
    sums[place]! += value;
    squares[place]! += value * value;
    total.sum += value;
    total.squares += value * value;
  }
  return { side, sums, squares, total };
}

/** Σ (w_i w_j + added) v over all comparisons, and the same of v^2. */
export function powersOfPairs({ side, sums, squares, total }: PairTables, { pair: weights, added }: SubjectWeights): { sum: number; squares: number } {
  let sum = added * total.sum;
  let squaresSum = added * total.squares;
  for (let one = 0; one < side; one++) {
    const weight = weights[one]!;
    if (weight === 0) continue;
    let rowSum = 0;
    let rowSquares = 0;
    for (let other = one + 1, at = one * side + other; other < side; other++, at++) {
      rowSum += weights[other]! * sums[at]!;
      rowSquares += weights[other]! * squares[at]!;
    }
    sum += weight * rowSum;
    squaresSum += weight * rowSquares;
  }
  return { sum, squares: squaresSum };
}

/** The same of comparisons that weigh as their first subject, such as mated ones: sums of values and of their squares, [subjects]. */
export type SubjectTables = Pick<PairTables, 'sums' | 'squares'>;

export function subjectTables({ subjects, scores }: { readonly subjects: Uint32Array; readonly scores: Scores }, origin: number, subjectCount: number): SubjectTables {
  const [sums, squares] = [new Float64Array(subjectCount), new Float64Array(subjectCount)];
  for (let at = 0; at < subjects.length; at++) {
    const value = scores[at]! - origin;
    sums[subjects[at]!]! += value;
    squares[subjects[at]!]! += value * value;
  }
  return { sums, squares };
}

/** Σ w_i v. */
export function powersOfSubjects({ sums, squares }: SubjectTables, weights: Int32Array): { sum: number; squares: number } {
  let [sum, squaresSum] = [0, 0];
  for (let subject = 0; subject < weights.length; subject++) {
    sum += weights[subject]! * sums[subject]!;
    squaresSum += weights[subject]! * squares[subject]!;
  }
  return { sum, squares: squaresSum };
}
