import type { PairGroups } from './pair-groups.ts';
import type { SubjectWeights } from './subject-weights.ts';

/** What the comparisons of each two subjects come to: all that a sum over them needs, whatever the subjects weigh. */
export interface PairTables {
  readonly side: number;
  /** Sums of values and of their squares, [side, side]: at the row of the one subject and the column of the other, which is the larger number. */
  readonly sums: Float64Array;
  readonly squares: Float64Array;
  readonly total: { readonly sum: number; readonly squares: number };
}

/** @param values [comparisons] in the order of the groups. */
export function pairTables({ runFirst, runEnd, partners }: PairGroups, values: Float64Array, subjectCount: number): PairTables {
  const side = subjectCount + 1;
  const [sums, squares] = [new Float64Array(side * side), new Float64Array(side * side)];
  const total = { sum: 0, squares: 0 };
  let at = 0;
  for (let run = 0; run < runEnd.length; run++) {
    const first = runFirst[run]!;
    for (; at < runEnd[run]!; at++) {
      const partner = partners[at]!;
      const place = first < partner ? first * side + partner : partner * side + first;
      const value = values[at]!;
      sums[place]! += value;
      squares[place]! += value * value;
      total.sum += value;
      total.squares += value * value;
    }
  }
  return { side, sums, squares, total };
}

/** The same as `weightedPowers` of the comparisons: Σ (w_i w_j + added) v. */
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

/** @param values [comparisons] in the order of the groups. */
export function subjectTables({ runFirst, runEnd }: PairGroups, values: Float64Array, subjectCount: number): SubjectTables {
  const [sums, squares] = [new Float64Array(subjectCount), new Float64Array(subjectCount)];
  let at = 0;
  for (let run = 0; run < runEnd.length; run++) {
    const subject = runFirst[run]!;
    for (; at < runEnd[run]!; at++) {
      sums[subject]! += values[at]!;
      squares[subject]! += values[at]! * values[at]!;
    }
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
