import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import type { LossFile } from '../contract/recipe/loss-file.ts';
import { computeLoss } from './loss-compute.ts';
import type { LossKernels } from './loss-kernels.ts';
import { LossError } from './loss-error.ts';
import { noneSkipped } from './loss-report.ts';
import type { Skipped } from './loss-report.ts';
import type { TextSimilarity } from './regularizers/language-guidance.ts';

/** What a loss file comes to. */
export interface LossReport {
  readonly loss: number;
  readonly gradients: { readonly embeddings: number[][]; readonly proxies?: number[][] };
  readonly skipped: Skipped;
}

/**
 * Value and gradients of the batch of a file, on whichever tfjs backend is set.
 *
 * @param file as read by `lossFileSchema.parse`.
 * @param kernels of the engine.
 * @throws LossError as computeLoss, naming the row.
 */
export function runLossFile(file: LossFile, kernels: LossKernels | null = null): LossReport {
  let report: LossReport | null = null;
  tf.tidy(() => { report = reportOn(file, kernels); });
  return report!;
}

function reportOn({ loss, regularizers, labels, textSimilarity, ...rows }: LossFile, kernels: LossKernels | null): LossReport {
  const embeddings = tensorOf(rows.embeddings, rows.proxies?.[0]?.length ?? 0);
  const proxies = rows.proxies && tensorOf(rows.proxies, 0);
  let skipped = noneSkipped();
  const evaluate = (...inputs: Tensor[]) => {
    const [x, p] = inputs as [Tensor2D, Tensor2D | undefined];
    const result = computeLoss({ loss, regularizers }, {
      embeddings: x, labels: Int32Array.from(labels), kernels,
      ...(p && { proxies: p }), ...(textSimilarity && { textSimilarity: textOf(textSimilarity) }),
    });
    skipped = result.diagnostics.skipped;
    return result.loss;
  };
  const { value, grads } = tf.valueAndGrads(evaluate)([embeddings, ...(proxies ? [proxies] : [])]);
  const [toEmbeddings, toProxies] = grads.map((gradient) => gradient.arraySync() as number[][]);
  return {
    loss: value.dataSync()[0]!,
    gradients: { embeddings: toEmbeddings!, ...(toProxies && { proxies: toProxies }) },
    skipped,
  };
}

/** @param width of a matrix without rows. */
function tensorOf(rows: number[][], width: number): Tensor2D {
  return tf.tensor2d(rows.flat(), [rows.length, rows[0]?.length ?? width], 'float32');
}

function textOf(rows: number[][]): TextSimilarity {
  if (rows[0]!.length !== rows.length) {
    throw new LossError('shape-mismatch', `textSimilarity must be classes x classes, not ${rows.length} x ${rows[0]!.length}.`);
  }
  return { classes: rows.length, values: Float64Array.from(rows.flat()) };
}
