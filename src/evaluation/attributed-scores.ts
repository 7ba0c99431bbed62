import type { Scores, ScoreSet } from './score-set.ts';
import { ascendingOrder } from './ascending-order.ts';
import { checkScores, EvaluationError } from './score-set.ts';

/** Scores with the subjects they come from, as parallel columns. Subjects are any 32-bit integer labels. */
export interface AttributedScores extends ScoreSet {
  readonly matedSubjects: Int32Array; // [mated], whose comparison it is
  readonly nonMatedFirst: Int32Array; // [nonMated], one of the two subjects
  readonly nonMatedSecond: Int32Array; // [nonMated], the other
}

/** The same, ascending in score, with subjects numbered from 0. */
export interface RankedSubjects {
  readonly scores: ScoreSet;
  readonly subjectCount: number;
  readonly mated: Uint32Array;
  readonly nonMatedFirst: Uint32Array;
  readonly nonMatedSecond: Uint32Array;
}

/**
 * Sorts attributed scores and numbers their subjects 0, 1, 2, ...
 *
 * @throws EvaluationError shape-mismatch when the columns differ in length, and those of `checkScores`.
 */
export function rankSubjects(scores: AttributedScores): RankedSubjects {
  checkScores(scores);
  checkColumns(scores);
  const numbers = new Map<number, number>();
  const numbered = (subjects: Int32Array, order: Uint32Array): Uint32Array => {
    const column = new Uint32Array(order.length);
    for (let index = 0; index < order.length; index++) {
      const label = subjects[order[index]!]!;
      let number = numbers.get(label);
      if (number === undefined) numbers.set(label, (number = numbers.size));
      column[index] = number;
    }
    return column;
  };
  const matedOrder = ascendingOrder(scores.mated);
  const nonMatedOrder = ascendingOrder(scores.nonMated);
  const mated = numbered(scores.matedSubjects, matedOrder);
  const nonMatedFirst = numbered(scores.nonMatedFirst, nonMatedOrder);
  const nonMatedSecond = numbered(scores.nonMatedSecond, nonMatedOrder);
  const sorted = { mated: gathered(scores.mated, matedOrder), nonMated: gathered(scores.nonMated, nonMatedOrder) };
  return { scores: sorted, subjectCount: numbers.size, mated, nonMatedFirst, nonMatedSecond };
}

// A plain loop: Float64Array.from with a function takes ten times as long.
function gathered(scores: Scores, order: Uint32Array): Float64Array {
  const result = new Float64Array(order.length);
  for (let index = 0; index < order.length; index++) result[index] = scores[order[index]!]!;
  return result;
}

/** @throws EvaluationError shape-mismatch when a column of subjects is not as long as its scores. */
export function checkColumns(scores: AttributedScores): void {
  checkColumn(scores.matedSubjects, scores.mated.length, 'matedSubjects');
  checkColumn(scores.nonMatedFirst, scores.nonMated.length, 'nonMatedFirst');
  checkColumn(scores.nonMatedSecond, scores.nonMated.length, 'nonMatedSecond');
}

function checkColumn(column: Int32Array, length: number, name: string): void {
  if (column.length !== length) {
    throw new EvaluationError('shape-mismatch', `${name} holds ${column.length} subjects for ${length} scores.`);
  }
}
