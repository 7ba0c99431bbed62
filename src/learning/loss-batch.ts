import type { Tensor2D } from '@tensorflow/tfjs-core';
import { similarityMatrix } from './distances/similarity-matrix.ts';
import { rowNorms, shortestRow, unitRows } from './distances/unit-rows.ts';
import { LossError } from './loss-error.ts';
import { rolesByLabel } from './loss-pairs.ts';
import type { PairTable } from './loss-pairs.ts';
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
}

/** A batch that can be computed on, with what several terms share. */
export interface CheckedBatch extends LossBatch {
  /** ‖x_i‖, [batch]. */
  readonly norms: Float32Array;
  readonly zeroVectors: number;
  /** f_i = x_i / ‖x_i‖ on the tape, [batch, width]. */
  readonly unit: Tensor2D;
  /** The pairs of unit rows without memory, once a term has asked for them. */
  readonly shared: { unitPairs: Pairs | null };
}

/** S on the tape, and read back as a table. */
export interface Pairs {
  readonly matrix: Tensor2D;
  readonly table: PairTable;
}

/**
 * Checks a batch once.
 *
 * @throws LossError not-finite, zero-vector (strict only), shape-mismatch; `row` is the first bad row.
 */
export function checkBatch(batch: LossBatch): CheckedBatch {
  const { embeddings, labels } = batch;
  if (labels.length !== embeddings.shape[0]) {
    throw new LossError('shape-mismatch', `There are ${embeddings.shape[0]} embeddings but ${labels.length} labels.`);
  }
  const norms = finiteNorms(embeddings, 'embedding');
  const isZero = (norm: number) => norm < shortestRow;
  if (batch.isStrict && norms.some(isZero)) {
    const row = norms.findIndex(isZero);
    throw new LossError('zero-vector', `Row ${row} of the embeddings is a zero vector, which has no direction.`, row);
  }
  return { ...batch, norms, zeroVectors: norms.filter(isZero).length, unit: unitRows(embeddings, norms), shared: { unitPairs: null } };
}

/** Lengths of the rows, all finite. */
export function finiteNorms(matrix: Tensor2D, what: 'embedding' | 'proxy' | 'memory'): Float32Array {
  const norms = rowNorms(matrix);
  const row = norms.findIndex((norm) => !Number.isFinite(norm));
  if (row < 0) return norms;
  throw new LossError('not-finite', `Row ${row} (${what}) is NaN, infinite, or too long for float32.`, row);
}

/** @throws LossError label-out-of-range naming the first row whose label is no class. */
export function checkLabels(labels: Int32Array, classes: number): void {
  const row = labels.findIndex((label) => label < 0 || label >= classes);
  if (row < 0) return;
  throw new LossError('label-out-of-range', `Row ${row} has label ${labels[row]}, but there are ${classes} classes (0 to ${classes - 1}).`, row);
}

/** The unit proxies on the tape. @throws LossError proxies-missing, shape-mismatch, not-finite, label-out-of-range. */
export function unitProxies({ proxies, embeddings, labels }: CheckedBatch, perClass: number): Tensor2D {
  if (!proxies) throw new LossError('proxies-missing', 'This loss needs proxies.');
  const [rows, width] = proxies.shape;
  if (width !== embeddings.shape[1] || rows === 0 || rows % perClass !== 0) {
    throw new LossError('shape-mismatch', `Proxies of shape ${rows} x ${width} do not fit embeddings of width ${embeddings.shape[1]} with ${perClass} for each class.`);
  }
  checkLabels(labels, rows / perClass);
  return unitRows(proxies, finiteNorms(proxies, 'proxy'));
}

/** Every row against the batch and its memory: unit rows, or the embeddings as they are. */
export function pairsOf(batch: CheckedBatch, isUnit: boolean, memory: LossBatch['memory'] = null): Pairs {
  if (memory && memory.labels.length > 0) return newPairs(batch, isUnit, memory);
  if (!isUnit) return newPairs(batch, isUnit, null);
  return (batch.shared.unitPairs ??= newPairs(batch, isUnit, null));
}

function newPairs(batch: CheckedBatch, isUnit: boolean, remembered: NonNullable<LossBatch['memory']> | null): Pairs {
  const norms = remembered ? finiteNorms(remembered.embeddings, 'memory') : new Float32Array();
  const far = remembered && (isUnit ? unitRows(remembered.embeddings, norms) : remembered.embeddings);
  const matrix = similarityMatrix(isUnit ? batch.unit : batch.embeddings, far);
  const squared = (norm: number) => (isUnit ? Number(norm >= shortestRow) : norm * norm);
  const labels = Int32Array.from([...batch.labels, ...(remembered?.labels ?? [])]);
  const [rows, columns] = matrix.shape;
  const table: PairTable = {
    rows, columns, similarity: matrix.dataSync() as Float32Array,
    squaredNorm: Float32Array.from([...batch.norms, ...norms], squared),
    role: rolesByLabel(batch.labels, labels),
  };
  return { matrix, table };
}
