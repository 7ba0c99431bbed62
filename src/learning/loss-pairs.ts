import { noneCostly } from './loss-report.ts';
import type { Costliest } from './loss-report.ts';

/** What a column is to a row: nothing (the row itself, or not mined), the same class, another class. */
export const OUTSIDE = 0;
export const POSITIVE = 1;
export const NEGATIVE = 2;

/** All pairs of a batch: rows are anchors, columns are the batch and, after it, the memory. */
export interface PairTable {
  readonly rows: number;
  readonly columns: number;
  /** S_ij, [rows, columns]. */
  readonly similarity: Float32Array;
  /** ‖f_j‖², [columns]: 1 on the sphere, 0 for a zero vector. */
  readonly squaredNorm: Float32Array;
  /** OUTSIDE, POSITIVE or NEGATIVE, [rows, columns]. */
  readonly role: Uint8Array;
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
    for (let column = 0; column < columns; column++) {
      const is = role[start + column];
      if (is === POSITIVE) positives[positiveCount++] = column;
      else if (is === NEGATIVE) negatives[negativeCount++] = column;
    }
    visit({
      row, start,
      positives: positives.subarray(0, positiveCount), negatives: negatives.subarray(0, negativeCount),
    });
  }
}

/** Root of the mean squared Euclidean distance of the positive and of the negative pairs; null when there are none. */
export function meanDistances({ rows, columns, similarity, squaredNorm, role }: PairTable): [number | null, number | null] {
  const sum = [0, 0, 0];
  const count = [0, 0, 0];
  for (let row = 0, cell = 0; row < rows; row++) {
    const norm = squaredNorm[row]!;
    for (let column = 0; column < columns; column++, cell++) {
      const is = role[cell]!;
      sum[is]! += norm + squaredNorm[column]! - 2 * similarity[cell]!;
      count[is]!++;
    }
  }
  const mean = (is: number) => (count[is]! > 0 ? Math.sqrt(Math.max(0, sum[is]! / count[is]!)) : null);
  return [mean(POSITIVE), mean(NEGATIVE)];
}

/** The least similar positive and the most similar negative of an anchor. */
export function extremes({ row, start, positives, negatives }: Anchor, similarity: Float32Array) {
  const least = (best: number | null, column: number) =>
    (best === null || similarity[start + column]! < similarity[start + best]! ? column : best);
  const most = (best: number | null, column: number) =>
    (best === null || similarity[start + column]! > similarity[start + best]! ? column : best);
  return {
    anchor: row,
    positive: positives.reduce<number | null>(least, null),
    negative: negatives.reduce<number | null>(most, null),
  };
}
