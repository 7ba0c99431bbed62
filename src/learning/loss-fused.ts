import * as tf from '@tensorflow/tfjs-core';
import type { Scalar, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { knownGradient } from './distances/known-gradient.ts';
import type { CheckedBatch } from './loss-batch.ts';
import { times } from './loss-gradient.ts';
import type { PairKernel, TupleKernel } from './loss-kernels.ts';
import type { LossDiagnostics } from './loss-report.ts';
import { describeStory, readStory } from './loss-story.ts';
import type { LossStory } from './loss-story.ts';
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

interface Chosen {
  /** Which rows; the first of the others are the positives, one for each anchor. */
  readonly rows: TupleRows;
  /** What ‖a‖² + ‖p‖² of anchors and positives is added with. */
  readonly normWeight: number;
}

/**
 * The same of chosen rows, compared as they are: only those are multiplied, a quarter of the work where half the rows are anchors.
 * ∂L/∂a = G c + 2 w a and ∂L/∂c = Gᵀ a + 2 w c, with w the weight of the norms and c a positive in its second part.
 */
export function fusedTuples(kernel: TupleKernel, batch: CheckedBatch, { rows, normWeight }: Chosen): FusedTerm {
  const { embeddings, labels, norms } = batch;
  const both = Int32Array.of(...rows.anchors, ...rows.others);
  const count = rows.anchors.length;
  const of = (chosen: Int32Array, values: ArrayLike<number>): Tensor1D => tf.tensor1d(Float32Array.from(chosen, (row) => values[row]!));
  let story!: LossStory;
  const loss = knownGradient([embeddings], () => {
    const [anchors, others] = [rows.anchors, rows.others].map((chosen) => tf.gather(embeddings, tf.tensor1d(chosen, 'int32'))) as [Tensor2D, Tensor2D];
    const result = kernel({
      products: tf.matMul(anchors, others, false, true), anchorNorms: of(rows.anchors, norms), columnNorms: of(rows.others, norms),
      anchorLabels: of(rows.anchors, labels), columnLabels: of(rows.others, labels),
    });
    story = readStory(result.story);
    const squares = normWeight === 0 ? 0 : both.subarray(0, 2 * count).reduce((sum, row) => sum + norms[row]! ** 2, 0);
    return { value: tf.scalar(story.value + normWeight * squares), kept: [result.matrix, anchors, others] as const };
  }, (upstream, [slopes, anchors, others]) => {
    const weighted = times(slopes, upstream);
    const bySimilarity: Tensor2D = tf.concat([tf.matMul(weighted, others), tf.matMul(weighted, anchors, true, false)]);
    const ofNorm = Float32Array.from(both, (_, at) => (at < 2 * count ? 2 * normWeight : 0));
    const byNorm = () => times(tf.mul(tf.concat([anchors, others]), tf.tensor2d(ofNorm, [both.length, 1])), upstream);
    const slope = normWeight === 0 ? bySimilarity : tf.add<Tensor2D>(bySimilarity, byNorm());
    return [tf.scatterND(tf.tensor2d(both, [both.length, 1], 'int32'), slope, embeddings.shape)];
  });
  return { loss: loss as Scalar, diagnostics: describeChosen(batch, rows, story) };
}

function describeChosen(batch: CheckedBatch, { anchors, others }: TupleRows, story: LossStory): LossDiagnostics {
  const told = describeStory(batch, story);
  const other = (column: number | null) => (column === null ? null : others[column]!);
  const costliest = told.costliest.map((item) => ({ ...item, anchor: anchors[item.anchor]!, positive: other(item.positive), negative: other(item.negative) }));
  return { ...told, skipped: { ...told.skipped, ...lonelyRows(batch.labels, new Int32Array()) }, costliest };
}
