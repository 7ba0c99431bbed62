import * as tf from '@tensorflow/tfjs-core';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import { rowNorms, shortestRow, unitRows } from './distances/unit-rows.ts';
import { LossError } from './loss-error.ts';
import type { LossKernels } from './loss-kernels.ts';
import { rolesByLabel } from './loss-pairs.ts';
import type { Pairs, PairTable } from './loss-pairs.ts';
import type { TextSimilarity } from './regularizers/language-guidance.ts';

/** One batch as the training step has it. */
export interface LossBatch {
  /** Raw embeddings, [batch, width]. */
  readonly embeddings: Tensor2D;
  /** Class of each row, 0…C−1, [batch]. */
  readonly labels: Int32Array;
  /** Raw proxies, [C × perClass, width], class-major; for proxy losses. */
  readonly proxies?: Tensor2D;
  /** For language guidance. */
  readonly textSimilarity?: TextSimilarity;
  /** Embeddings of earlier batches, which take no gradient: cross-batch memory (Wang et al., CVPR 2020). */
  readonly memory?: { readonly embeddings: Tensor2D; readonly labels: Int32Array } | null;
  /** Uniform numbers in [0, 1), for miners that draw. */
  readonly random?: () => number;
  /** Refuse zero vectors instead of counting them. */
  readonly isStrict?: boolean;
  /** What the engine computes losses with; losses/ alone when left out. */
  readonly kernels?: LossKernels | null;
}

/** A batch that can be computed on, with what several terms share. */
export interface CheckedBatch extends LossBatch {
  /** ‖x_i‖, [batch]. */
  readonly norms: Float32Array;
  readonly zeroVectors: number;
  /** x_i·x_j, [batch, batch], read back; null where no term compares pairs. */
  readonly products: Float32Array | null;
}

/**
 * Checks a batch once.
 *
 * @param measured true when a term will ask for `pairsOf`: the norms then are the diagonal of the products. Or the norms themselves.
 * @throws LossError not-finite, zero-vector (strict only), shape-mismatch; `row` is the first bad row.
 */
export function checkBatch(batch: LossBatch, measured: boolean | Float32Array): CheckedBatch {
  const { embeddings, labels } = batch;
  const rows = embeddings.shape[0];
  if (labels.length !== rows) {
    throw new LossError('shape-mismatch', `There are ${rows} embeddings but ${labels.length} labels.`);
  }
  const products = measured === true ? tf.matMul(embeddings, embeddings, false, true).dataSync() as Float32Array : null;
  const norms = products ? Float32Array.from(labels, (_, row) => Math.sqrt(products[row * rows + row]!)) : measured instanceof Float32Array ? measured : normsOf(batch);
  refuseNotFinite(norms, 'embedding');
  const isZero = (norm: number) => norm < shortestRow;
  if (batch.isStrict && norms.some(isZero)) {
    const row = norms.findIndex(isZero);
    throw new LossError('zero-vector', `Row ${row} of the embeddings is a zero vector, which has no direction.`, row);
  }
  return { ...batch, norms, zeroVectors: norms.filter(isZero).length, products };
}

const normsOf = ({ embeddings, kernels }: LossBatch): Float32Array => (kernels ? kernels.rowNorms(embeddings).dataSync<'float32'>() as Float32Array : rowNorms(embeddings));

/** Lengths of the rows, all finite. */
export function finiteNorms(matrix: Tensor2D, what: 'proxy' | 'memory'): Float32Array {
  const norms = rowNorms(matrix);
  refuseNotFinite(norms, what);
  return norms;
}

function refuseNotFinite(norms: Float32Array, what: 'embedding' | 'proxy' | 'memory'): void {
  const row = norms.findIndex((norm) => !Number.isFinite(norm));
  if (row >= 0) throw new LossError('not-finite', `Row ${row} (${what}) is NaN, infinite, or too long for float32.`, row);
}

/** @throws LossError label-out-of-range naming the first row whose label is no class. */
export function checkLabels(labels: Int32Array, classes: number): void {
  const row = labels.findIndex((label) => label < 0 || label >= classes);
  if (row < 0) return;
  throw new LossError('label-out-of-range', `Row ${row} has label ${labels[row]}, but there are ${classes} classes (0 to ${classes - 1}).`, row);
}

/** The unit proxies on the tape. @throws LossError proxies-missing, shape-mismatch, not-finite, label-out-of-range. */
export function unitProxies({ proxies, embeddings, labels, kernels }: CheckedBatch, perClass: number): Tensor2D {
  if (!proxies) throw new LossError('proxies-missing', 'This loss needs proxies.');
  const [rows, width] = proxies.shape;
  if (width !== embeddings.shape[1] || rows === 0 || rows % perClass !== 0) {
    throw new LossError('shape-mismatch', `Proxies of shape ${rows} x ${width} do not fit embeddings of width ${embeddings.shape[1]} with ${perClass} for each class.`);
  }
  checkLabels(labels, rows / perClass);
  if (!kernels) return unitRows(proxies, finiteNorms(proxies, 'proxy'));
  const { unit, norms } = kernels.unitRows(proxies);
  refuseNotFinite(norms, 'proxy');
  return unit;
}

/** The unit embeddings on the tape. */
export const unitEmbeddings = ({ embeddings, norms, kernels }: CheckedBatch): Tensor2D => (kernels ? kernels.unitRows(embeddings).unit : unitRows(embeddings, norms));

/**
 * Every row against the batch and its memory: cosines, or inner products of the embeddings as they are.
 *
 * @param batch checked with `comparesPairs`.
 */
export function pairsOf(batch: CheckedBatch, isUnit: boolean, memory: LossBatch['memory'] = null): Pairs {
  const { embeddings, norms, products, labels } = batch;
  const remembered = memory && memory.labels.length > 0 ? memory : null;
  const far = remembered && tf.matMul(embeddings, remembered.embeddings, false, true).dataSync() as Float32Array;
  const lengths = concatenated(norms, remembered ? finiteNorms(remembered.embeddings, 'memory') : new Float32Array());
  const inverse = isUnit ? lengths.map((norm) => (norm < shortestRow ? 0 : 1 / norm)) : null;
  const columnLabels = remembered ? Int32Array.from([...labels, ...remembered.labels]) : labels;
  const table: PairTable = {
    rows: labels.length, columns: columnLabels.length,
    similarity: similarities([products!, far], labels.length, inverse),
    squaredNorm: isUnit ? lengths.map((norm) => Number(norm >= shortestRow)) : lengths.map((norm) => norm * norm),
    role: rolesByLabel(labels, columnLabels),
  };
  return { table, inverse, embeddings, columns: () => (remembered ? tf.concat([embeddings, remembered.embeddings]) : embeddings) };
}

function concatenated(first: Float32Array, second: Float32Array): Float32Array {
  const both = new Float32Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

/** [products, far] side by side, scaled to cosines when the inverse norms are given, [rows, columns]. */
function similarities([products, far]: [Float32Array, Float32Array | null], rows: number, inverse: Float32Array | null): Float32Array {
  if (!far && !inverse) return products;
  const remembered = far ? far.length / rows : 0;
  const columns = rows + remembered;
  const similarity = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    similarity.set(products.subarray(row * rows, (row + 1) * rows), start);
    if (far) similarity.set(far.subarray(row * remembered, (row + 1) * remembered), start + rows);
    if (!inverse) continue;
    const own = inverse[row]!;
    for (let column = 0; column < columns; column++) similarity[start + column]! *= own * inverse[column]!;
  }
  return similarity;
}
