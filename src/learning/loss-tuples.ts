import * as tf from '@tensorflow/tfjs-core';
import type { Scalar, Tensor2D } from '@tensorflow/tfjs-core';
import { knownGradient } from './distances/known-gradient.ts';
import { shortestRow } from './distances/unit-rows.ts';
import { finiteNorms } from './loss-batch.ts';
import type { CheckedBatch } from './loss-batch.ts';
import { describeEmpty, onTheSphere, withCosines } from './loss-describe.ts';
import { countPairs, NEGATIVE, OUTSIDE, POSITIVE } from './loss-pairs.ts';
import type { PairOutcome, PairTable } from './loss-pairs.ts';
import type { LossDiagnostics } from './loss-report.ts';

/** Which rows of the batch a loss compares with which: no row is in both, or twice in one. */
export interface TupleRows {
  readonly anchors: Int32Array;
  readonly others: Int32Array;
}

/** A table of the chosen rows only: anchors against the others and, after them, the memory. */
export interface Tuples {
  readonly table: PairTable & { readonly rowSquaredNorm: Float32Array };
  readonly chosen: TupleRows;
  /** Raw, [batch, width]. */
  readonly embeddings: Tensor2D;
  /** The embeddings and after them the memory, raw. */
  readonly everyone: () => Tensor2D;
  /** Rows of everyone that are the columns of the table. */
  readonly columnRows: Int32Array;
  /** 1/‖x‖ of anchors and columns, 0 for a zero vector; 1 where rows are compared as they are. */
  readonly shrink: { readonly anchors: Float32Array; readonly columns: Float32Array };
  readonly isUnit: boolean;
}

/** @param batch checked with `comparesPairs`. */
export function tuplesOf(batch: CheckedBatch, chosen: TupleRows, isUnit: boolean): Tuples {
  const { labels, norms, embeddings } = batch;
  const memory = batch.memory && batch.memory.labels.length > 0 ? batch.memory : null;
  const remembered = memory ? finiteNorms(memory.embeddings, 'memory') : new Float32Array();
  const columnRows = Int32Array.from([...chosen.others, ...Array.from(remembered, (_, row) => labels.length + row)]);
  const normOf = (row: number) => (row < labels.length ? norms[row]! : remembered[row - labels.length]!);
  const inverse = (row: number) => (isUnit ? Number(normOf(row) >= shortestRow) / Math.max(normOf(row), shortestRow) : 1);
  const squared = (row: number) => (isUnit ? Number(normOf(row) >= shortestRow) : normOf(row) ** 2);
  const shrink = { anchors: Float32Array.from(chosen.anchors, inverse), columns: Float32Array.from(columnRows, inverse) };
  const table = {
    rows: chosen.anchors.length, columns: columnRows.length,
    similarity: similarities(batch, { chosen, memory: memory?.embeddings ?? null, shrink }),
    rowSquaredNorm: Float32Array.from(chosen.anchors, squared), squaredNorm: Float32Array.from(columnRows, squared),
    role: roles(chosen, labels, memory?.labels ?? new Int32Array()),
  };
  return { table, chosen, embeddings, columnRows, shrink, isUnit, everyone: () => (memory ? tf.concat([embeddings, memory.embeddings]) : embeddings) };
}

/** The products of the chosen rows, out of those of the whole batch: one large product is quicker than gathering rows for a small one. */
function similarities({ products, embeddings, labels }: CheckedBatch, { chosen, memory, shrink }: Pick<Tuples, 'chosen' | 'shrink'> & { memory: Tensor2D | null }): Float32Array {
  const far = memory && tf.matMul(embeddings, memory, false, true).dataSync() as Float32Array;
  const [columns, remembered] = [shrink.columns.length, shrink.columns.length - chosen.others.length];
  const similarity = new Float32Array(chosen.anchors.length * columns);
  chosen.anchors.forEach((anchor, row) => {
    const start = row * columns;
    for (let k = 0; k < chosen.others.length; k++) similarity[start + k] = products![anchor * labels.length + chosen.others[k]!]!;
    if (far) similarity.set(far.subarray(anchor * remembered, (anchor + 1) * remembered), start + chosen.others.length);
    for (let column = 0; column < columns; column++) similarity[start + column]! *= shrink.anchors[row]! * shrink.columns[column]!;
  });
  return similarity;
}

/** By label; a remembered row of the anchor's class is no further positive. */
function roles({ anchors, others }: TupleRows, labels: Int32Array, memory: Int32Array): Uint8Array {
  const columns = others.length + memory.length;
  const role = new Uint8Array(anchors.length * columns);
  for (let row = 0, cell = 0; row < anchors.length; row++) {
    const label = labels[anchors[row]!]!;
    for (let column = 0; column < others.length; column++, cell++) role[cell] = labels[others[column]!] === label ? POSITIVE : NEGATIVE;
    for (let column = 0; column < memory.length; column++, cell++) role[cell] = memory[column] === label ? OUTSIDE : NEGATIVE;
  }
  return role;
}

/**
 * The loss of the tuples on the tape, from the raw embeddings. With W_ij = G_ij / (n_i n_j), anchors a and columns c, all raw:
 * ∂L/∂a = W c + d ⊙ a and ∂L/∂c = Wᵀ a + d ⊙ c, where d takes off what points along a unit row, or is twice ∂L/∂‖x‖².
 */
export function tupleLoss(tuples: Tuples, outcome: PairOutcome): Scalar {
  const rows = tuples.embeddings.shape[0];
  const loss = knownGradient([tuples.embeddings], () => ({ value: tf.scalar(outcome.value), kept: [tuples.everyone()] as const }), (upstream, [all]) => {
    const weights = weigh(tuples, outcome, upstream.dataSync()[0]!);
    return [tf.matMul(tf.tensor2d(weights, [rows, weights.length / rows]), all as Tensor2D)];
  });
  return loss as Scalar;
}

/** What everyone adds to ∂L/∂x of each row of the batch, [batch, everyone]. */
function weigh({ table, shrink, isUnit, chosen, columnRows, embeddings }: Tuples, { gradient, perSquaredNorm }: PairOutcome, upstream: number): Float32Array {
  const rows = embeddings.shape[0];
  const everyone = rows + table.columns - chosen.others.length;
  const weights = new Float32Array(rows * everyone);
  const ownOfColumn = new Float64Array(table.columns);
  for (let row = 0, cell = 0; row < table.rows; row++) {
    const anchor = chosen.anchors[row]!;
    const start = anchor * everyone;
    let own = 0;
    for (let column = 0; column < table.columns; column++, cell++) {
      const slope = upstream * gradient[cell]!;
      const other = columnRows[column]!;
      const weight = slope * shrink.anchors[row]! * shrink.columns[column]!;
      weights[start + other] = weight;
      // A remembered row takes no gradient.
      if (other < rows) weights[other * everyone + anchor] = weight;
      own += slope * table.similarity[cell]!;
      ownOfColumn[column]! += slope * table.similarity[cell]!;
    }
    weights[start + anchor] = isUnit ? -own * shrink.anchors[row]! ** 2 : 2 * upstream * (perSquaredNorm?.rows[row] ?? 0);
  }
  for (let column = 0; column < table.columns; column++) {
    const other = columnRows[column]!;
    if (other >= rows) break;
    weights[other * everyone + other] = isUnit ? -ownOfColumn[column]! * shrink.columns[column]! ** 2 : 2 * upstream * (perSquaredNorm?.columns[column] ?? 0);
  }
  return weights;
}

export function describeTuples(batch: CheckedBatch, { table, chosen }: Tuples, outcome: PairOutcome): LossDiagnostics {
  const empty = describeEmpty(batch);
  const sphere = onTheSphere(table);
  const { positiveDistance, negativeDistance } = countPairs(sphere);
  const rowOf = (column: number | null) =>
    (column === null ? null : column < chosen.others.length ? chosen.others[column]! : batch.labels.length + column - chosen.others.length);
  return {
    ...empty, meanPositiveDistance: positiveDistance, meanNegativeDistance: negativeDistance,
    items: outcome.items, activeShare: outcome.items > 0 ? outcome.active / outcome.items : 0,
    skipped: { ...empty.skipped, ...lonelyRows(batch.labels, batch.memory?.labels ?? new Int32Array()) },
    costliest: outcome.costliest.items.map((item) => withCosines(item, sphere)).map((item) => ({
      ...item, anchor: chosen.anchors[item.anchor]!, positive: rowOf(item.positive), negative: rowOf(item.negative),
    })),
  };
}

/** Where no class has two rows. */
export function describeNoTuples(batch: CheckedBatch): LossDiagnostics {
  const empty = describeEmpty(batch);
  return { ...empty, skipped: { ...empty.skipped, ...lonelyRows(batch.labels, batch.memory?.labels ?? new Int32Array()) } };
}

/** Rows of the batch without another row of their class, and without one of another class. */
export function lonelyRows(labels: Int32Array, memory: Int32Array) {
  const sizes = new Map<number, number>();
  for (const all of [labels, memory]) all.forEach((label) => { sizes.set(label, (sizes.get(label) ?? 0) + 1); });
  const everyone = labels.length + memory.length;
  const count = { noPositive: 0, noNegative: 0 };
  labels.forEach((label) => {
    count.noPositive += Number(sizes.get(label) === 1);
    count.noNegative += Number(sizes.get(label) === everyone);
  });
  return count;
}
