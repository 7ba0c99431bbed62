import type { Tensor2D } from '@tensorflow/tfjs-core';
import { noneCostly } from './loss-report.ts';
import type { Costliest } from './loss-report.ts';

/** What a column is to a row: nothing (the row itself, or not mined), the same class, another class. */
export const OUTSIDE = 0;
export const POSITIVE = 1; // countPairs and forEachAnchor add these bits up
export const NEGATIVE = 2;

/** All pairs of a batch: rows are anchors, columns are the batch and, after it, the memory. */
export interface PairTable {
  readonly rows: number;
  readonly columns: number;
  /** S_ij, [rows, columns]. */
  readonly similarity: Float32Array;
  /** ‖f_j‖², [columns]: 1 on the sphere, 0 for a zero vector. */
  readonly squaredNorm: Float32Array;
  /** ‖f_i‖², [rows], where the rows are not the first columns. */
  readonly rowSquaredNorm?: Float32Array;
  /** OUTSIDE, POSITIVE or NEGATIVE, [rows, columns]. */
  readonly role: Uint8Array;
}

/** A table of pairs, and what its gradient goes back to. */
export interface Pairs {
  readonly table: PairTable;
  /** Raw, [rows, width]. */
  readonly embeddings: Tensor2D;
  /** The embeddings and after them the memory, raw, [columns, width]. */
  readonly columns: () => Tensor2D;
  /** 1/‖x‖ of the columns, 0 for a zero vector; null where the rows are compared as they are. */
  readonly inverse: Float32Array | null;
}

/** What a loss makes of a table of pairs. */
export interface PairOutcome {
  value: number;
  /** ∂L/∂S_ij, [rows, columns]. */
  readonly gradient: Float32Array;
  items: number;
  active: number;
  /** Anchors that had both sides, of which the loss's own mining left too little. */
  notMined: number;
  readonly costliest: Costliest;
  /** ∂L/∂‖f‖² besides what goes through S; for tables of chosen rows (loss-tuples.ts). */
  readonly perSquaredNorm?: { readonly rows: Float32Array; readonly columns: Float32Array };
}

/** Counting starts from here. */
export function emptyOutcome({ rows, columns }: PairTable): PairOutcome {
  return {
    value: 0, gradient: new Float32Array(rows * columns), items: 0, active: 0, notMined: 0, costliest: noneCostly(),
  };
}

/** Same label: positive; other label: negative; the row itself: outside. */
export function rolesByLabel(rowLabels: Int32Array, columnLabels: Int32Array): Uint8Array {
  const columns = columnLabels.length;
  const role = new Uint8Array(rowLabels.length * columns);
  rowLabels.forEach((label, row) => {
    const start = row * columns;
    for (let column = 0; column < columns; column++) {
      role[start + column] = columnLabels[column] === label ? POSITIVE : NEGATIVE;
    }
    role[start + row] = OUTSIDE;
  });
  return role;
}

/** One row of the table as an anchor. */
export interface Anchor {
  readonly row: number;
  /** Where the row starts in the [rows, columns] arrays. */
  readonly start: number;
  /** Columns, ascending. Valid until the next anchor. */
  readonly positives: Int32Array;
  readonly negatives: Int32Array;
}

/** Visits every row with the columns of its positives and negatives. */
export function forEachAnchor(table: PairTable, visit: (anchor: Anchor) => void): void {
  const { rows, columns, role } = table;
  const positives = new Int32Array(columns);
  const negatives = new Int32Array(columns);
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    let positiveCount = 0;
    let negativeCount = 0;
    // Written always and counted when it is one: no branch to guess.
    for (let column = 0; column < columns; column++) {
      const is = role[start + column]!;
      positives[positiveCount] = column;
      positiveCount += is & POSITIVE;
      negatives[negativeCount] = column;
      negativeCount += is >> 1;
    }
    visit({
      row, start,
      positives: positives.subarray(0, positiveCount), negatives: negatives.subarray(0, negativeCount),
    });
  }
}

/** What a table holds besides its loss. */
export interface PairCounts {
  /** Rows without a positive, without a negative, and with both. */
  noPositive: number;
  noNegative: number;
  paired: number;
  /** Roots of the mean squared Euclidean distances of the positive and of the negative pairs; null when there are none. */
  positiveDistance: number | null;
  negativeDistance: number | null;
}

export function countPairs({ rows, columns, similarity, squaredNorm, rowSquaredNorm = squaredNorm, role }: PairTable): PairCounts {
  const lonely = { noPositive: 0, noNegative: 0, paired: 0 };
  let [near, far, nearCount, farCount] = [0, 0, 0, 0];
  for (let row = 0, cell = 0; row < rows; row++) {
    const norm = rowSquaredNorm[row]!;
    let [positives, negatives] = [0, 0];
    // Without a branch, as which columns are positive is no pattern that a processor could guess.
    for (let column = 0; column < columns; column++, cell++) {
      const isPositive = role[cell]! & POSITIVE;
      const isNegative = role[cell]! >> 1;
      const squared = norm + squaredNorm[column]! - 2 * similarity[cell]!;
      positives += isPositive;
      negatives += isNegative;
      near += isPositive * squared;
      far += isNegative * squared;
    }
    nearCount += positives;
    farCount += negatives;
    if (positives === 0) lonely.noPositive++;
    if (negatives === 0) lonely.noNegative++;
    if (positives > 0 && negatives > 0) lonely.paired++;
  }
  const root = (sum: number, count: number) => (count > 0 ? Math.sqrt(Math.max(0, sum / count)) : null);
  return { ...lonely, positiveDistance: root(near, nearCount), negativeDistance: root(far, farCount) };
}

/** The least similar positive and the most similar negative of an anchor. */
export function extremes({ row, start, positives, negatives }: Anchor, similarity: Float32Array) {
  let [positive, least] = [-1, Infinity];
  for (const column of positives) {
    if (similarity[start + column]! < least) [positive, least] = [column, similarity[start + column]!];
  }
  let [negative, most] = [-1, -Infinity];
  for (const column of negatives) {
    if (similarity[start + column]! > most) [negative, most] = [column, similarity[start + column]!];
  }
  return { anchor: row, positive: positive < 0 ? null : positive, negative: negative < 0 ? null : negative };
}
