import { EvaluationError } from './score-set.ts';

/** How two labellings of the same items meet. */
export interface Contingency {
  readonly items: number;
  readonly rowSizes: Float64Array; // [labels of the first]
  readonly columnSizes: Float64Array; // [labels of the second]
  /** Items in each cell that is not empty, with its row and column. */
  readonly cells: readonly { readonly row: number; readonly column: number; readonly count: number }[];
}

/**
 * Counts the cells of two labellings, in any integers.
 *
 * @throws EvaluationError shape-mismatch when they differ in length; no-templates when they are empty.
 */
export function contingency(first: Int32Array, second: Int32Array): Contingency {
  if (first.length !== second.length) {
    throw new EvaluationError('shape-mismatch', `${first.length} labels cannot be compared with ${second.length}.`);
  }
  if (first.length === 0) throw new EvaluationError('no-templates', 'There are no labels to compare.');
  const rows = numbered(first);
  const columns = numbered(second);
  const counts = new Map<number, number>();
  rows.numbers.forEach((row, item) => {
    const key = row * columns.sizes.length + columns.numbers[item]!;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  });
  const cells = [...counts].map(([key, count]) => ({
    row: Math.floor(key / columns.sizes.length),
    column: key % columns.sizes.length,
    count,
  }));
  return { items: first.length, rowSizes: rows.sizes, columnSizes: columns.sizes, cells };
}

/** Mutual information in nats: sum of n_ij / n * ln(n n_ij / (a_i b_j)), never below 0. */
export function mutualInformation({ items, rowSizes, columnSizes, cells }: Contingency): number {
  let sum = 0;
  for (const { row, column, count } of cells) {
    sum += (count / items) * (Math.log(count) + Math.log(items) - Math.log(rowSizes[row]!) - Math.log(columnSizes[column]!));
  }
  return Math.max(0, sum);
}

/** Entropy in nats of a labelling by the sizes of its groups: -sum of a_i / n * ln(a_i / n). */
export function entropy(sizes: Float64Array, items: number): number {
  return -sizes.reduce((sum, size) => sum + (size / items) * Math.log(size / items), 0);
}

function numbered(labels: Int32Array): { numbers: Uint32Array; sizes: Float64Array } {
  const known = new Map<number, number>();
  const numbers = new Uint32Array(labels.length);
  for (let item = 0; item < labels.length; item++) {
    const label = labels[item]!;
    let number = known.get(label);
    if (number === undefined) known.set(label, (number = known.size));
    numbers[item] = number;
  }
  const sizes = new Float64Array(known.size);
  for (const number of numbers) sizes[number]!++;
  return { numbers, sizes };
}
