import * as tf from '@tensorflow/tfjs-core';
import type { Scalar, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { knownGradient } from './distances/known-gradient.ts';
import type { CheckedBatch } from './loss-batch.ts';
import { times } from './loss-gradient.ts';
import type { PairKernel, PairStepKernel, ProxyKernel, TupleKernel } from './loss-kernels.ts';
import type { LossDiagnostics } from './loss-report.ts';
import { describeStory, readStory } from './loss-story.ts';
import type { LossStory } from './loss-story.ts';
import { describeProxyStory, readProxyStory } from './proxy-story.ts';
import type { ProxyStory } from './proxy-story.ts';
import { lonelyRows } from './loss-tuples.ts';
import type { TupleRows } from './loss-tuples.ts';

export interface FusedTerm {
  readonly loss: Scalar;
  readonly diagnostics: LossDiagnostics;
}

/**
 * A loss over all pairs of a batch, by a kernel: one product for the similarities and one for the gradient.
 *
 * @param norms ‖x_i‖, [batch], the tensor.
 */
export function fusedPairs(kernel: PairKernel, batch: CheckedBatch, norms: Tensor1D): FusedTerm {
  const { embeddings, labels } = batch;
  let story!: LossStory;
  const loss = knownGradient([embeddings], () => {
    const products: Tensor2D = tf.matMul(embeddings, embeddings, false, true);
    const result = kernel({ products, norms, labels: tf.tensor1d(Float32Array.from(labels)) });
    story = readStory(result.story);
    return { value: tf.scalar(story.value), kept: [result.matrix, embeddings] as const };
  }, (upstream, [weights, x]) => [tf.matMul(times(weights, upstream), x)]);
  return { loss: loss as Scalar, diagnostics: describeStory(batch, story) };
}

/** The same by a kernel that makes both products itself: the gradient comes with the value. */
export function fusedPairStep(kernel: PairStepKernel, batch: CheckedBatch, norms: Tensor1D): FusedTerm {
  const { embeddings, labels } = batch;
  let story!: LossStory;
  const loss = knownGradient([embeddings], () => {
    const result = kernel({ embeddings, norms, labels: tf.tensor1d(Float32Array.from(labels)) });
    story = readStory(result.story);
    return { value: tf.scalar(story.value), kept: [result.matrix] as const };
  }, (upstream, [gradient]) => [times(gradient, upstream).clone()]);
  return { loss: loss as Scalar, diagnostics: describeStory(batch, story) };
}

interface Chosen {
  /** Which rows; the first of the others are the positives, one for each anchor. */
  readonly rows: TupleRows;
  /** What ‖a‖² + ‖p‖² of anchors and positives is added with. */
  readonly normWeight: number;
  /** ‖x_i‖, [batch]. */
  readonly norms: Tensor1D;
}

/** The same of chosen rows, compared as they are: only those are multiplied, a quarter of the work where half the rows are anchors. */
export function fusedTuples(kernel: TupleKernel, batch: CheckedBatch, { rows, normWeight, norms }: Chosen): FusedTerm {
  const { embeddings, labels } = batch;
  const { anchors, others } = rows;
  const column = (values: ArrayLike<number>): Tensor1D => tf.tensor1d(Float32Array.from(values));
  let story!: LossStory;
  const loss = knownGradient([embeddings], () => {
    const result = kernel({ embeddings, norms, labels: column(labels), anchors: column(anchors), others: column(others), normWeight });
    story = readStory(result.story);
    const squares = normWeight === 0 ? 0 : [...anchors, ...others.subarray(0, anchors.length)].reduce((sum, row) => sum + batch.norms[row]! ** 2, 0);
    return { value: tf.scalar(story.value + normWeight * squares), kept: [result.matrix] as const };
  }, (upstream, [gradient]) => [times(gradient, upstream).clone()]);
  return { loss: loss as Scalar, diagnostics: describeChosen(batch, rows, story) };
}

function describeChosen(batch: CheckedBatch, { anchors, others }: TupleRows, story: LossStory): LossDiagnostics {
  const told = describeStory(batch, story);
  const other = (column: number | null) => (column === null ? null : others[column]!);
  const costliest = told.costliest.map((item) => ({ ...item, anchor: anchors[item.anchor]!, positive: other(item.positive), negative: other(item.negative) }));
  return { ...told, skipped: { ...told.skipped, ...lonelyRows(batch.labels, new Int32Array()) }, costliest };
}

interface Unit {
  /** f, [batch, width], and p, [classes × perClass, width], both on the tape. */
  readonly rows: Tensor2D;
  readonly proxies: Tensor2D;
  readonly perClass: number;
}

/** A loss over proxies, by a kernel: both gradients come with the value. */
export function fusedProxies(kernel: ProxyKernel, batch: CheckedBatch, { rows, proxies, perClass }: Unit): FusedTerm {
  let story!: ProxyStory;
  const loss = knownGradient([rows, proxies], () => {
    const result = kernel({ rows, proxies, labels: tf.tensor1d(Float32Array.from(batch.labels)) });
    story = readProxyStory(result.story);
    return { value: tf.scalar(story.value), kept: [result.ofRows, result.ofProxies] as const };
  }, (upstream, gradients) => gradients.map((gradient) => times(gradient, upstream).clone()));
  return { loss: loss as Scalar, diagnostics: describeProxyStory(batch, story, proxies.shape[0] / perClass) };
}
