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
  readonly labels: Int32Array; // [subjects], by number
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
  const numbers = numbersOf(scores);
  const numbered = (subjects: Int32Array, order: Uint32Array): Uint32Array => {
    const column = new Uint32Array(order.length);
    for (let index = 0; index < order.length; index++) column[index] = numbers.of(subjects[order[index]!]!);
    return column;
  };
  const matedOrder = ascendingOrder(scores.mated);
  const nonMatedOrder = ascendingOrder(scores.nonMated);
  const mated = numbered(scores.matedSubjects, matedOrder);
  const nonMatedFirst = numbered(scores.nonMatedFirst, nonMatedOrder);
  const nonMatedSecond = numbered(scores.nonMatedSecond, nonMatedOrder);
  const sorted = { mated: gathered(scores.mated, matedOrder), nonMated: gathered(scores.nonMated, nonMatedOrder) };
  return { scores: sorted, subjectCount: numbers.labels.length, labels: Int32Array.from(numbers.labels), mated, nonMatedFirst, nonMatedSecond };
}

const WIDEST_TABLE = 1 << 24;

/** Numbers labels 0, 1, 2, ... as they first appear: by a table where the labels lie close, since a map takes ten times as long. */
export function numbersOf(scores: AttributedScores): { of: (label: number) => number; labels: readonly number[] } {
  let lowest = Infinity;
  let highest = -Infinity;
  for (const column of [scores.matedSubjects, scores.nonMatedFirst, scores.nonMatedSecond]) {
    for (let index = 0; index < column.length; index++) {
      const label = column[index]!;
      if (label < lowest) lowest = label;
      if (label > highest) highest = label;
    }
  }
  const labels: number[] = [];
  if (highest - lowest >= WIDEST_TABLE) {
    const known = new Map<number, number>();
    const of = (label: number): number => {
      let number = known.get(label);
      if (number === undefined) known.set(label, (number = labels.push(label) - 1));
      return number;
    };
    return { of, labels };
  }
  const table = new Int32Array(Math.max(0, highest - lowest + 1)).fill(-1);
  const of = (label: number): number => {
    const known = table[label - lowest]!;
    return known < 0 ? (table[label - lowest] = labels.push(label) - 1) : known;
  };
  return { of, labels };
}

/** How many people the scores are of. */
export function countSubjects(scores: AttributedScores): number {
  const { of, labels } = numbersOf(scores);
  for (const column of [scores.matedSubjects, scores.nonMatedFirst, scores.nonMatedSecond]) for (let index = 0; index < column.length; index++) of(column[index]!);
  return labels.length;
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
