import * as tf from '@tensorflow/tfjs-core';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import { entryOf } from '../catalogue.ts';
import { computeLoss } from '../loss-compute.ts';
import type { LossPlan } from '../loss-compute.ts';
import type { LossBatch } from '../loss-batch.ts';
import type { LossDiagnostics } from '../loss-report.ts';
import { numericGradient } from './oracle.ts';
import type { Oracle } from './oracle.ts';
import type { SampleBatch } from './sample-batch.ts';

export interface Evaluation {
  readonly value: number;
  readonly embeddings: number[][];
  /** Null for losses without proxies. */
  readonly proxies: number[][] | null;
  readonly diagnostics: LossDiagnostics;
}

type Extras = Pick<LossBatch, 'textSimilarity' | 'random' | 'isStrict' | 'kernels'> & {
  readonly memory?: { readonly embeddings: number[][]; readonly labels: number[] };
};

/** Value, gradients and diagnostics as a training step would see them, on the backend that is set. */
export function evaluateLoss(plan: LossPlan, batch: SampleBatch, { memory, ...extras }: Extras = {}): Evaluation {
  const width = batch.embeddings[0]?.length ?? batch.proxies[0]!.length;
  const matrix = (rows: number[][]) => tf.tensor2d(rows.flat(), [rows.length, width], 'float32');
  const learnsProxies = plan.loss !== null && entryOf(plan.loss).kind === 'proxies';
  let evaluation: Evaluation | null = null;
  tf.tidy(() => {
    let diagnostics: LossDiagnostics | null = null;
    const { value, grads } = tf.valueAndGrads((x, p) => {
      const result = computeLoss(plan, {
        ...extras, embeddings: x as Tensor2D, labels: Int32Array.from(batch.labels), ...(p && { proxies: p as Tensor2D }),
        ...(memory && { memory: { embeddings: matrix(memory.embeddings), labels: Int32Array.from(memory.labels) } }),
      });
      diagnostics = result.diagnostics;
      return result.loss;
    })([matrix(batch.embeddings), ...(learnsProxies ? [matrix(batch.proxies)] : [])]);
    const [embeddings, proxies] = grads.map((gradient) => gradient.arraySync() as number[][]);
    evaluation = { value: value.dataSync()[0]!, embeddings: embeddings!, proxies: proxies ?? null, diagnostics: diagnostics! };
  });
  return evaluation!;
}

/** Relative errors against an oracle: of the value, and of each gradient by its largest entry. */
export interface Disagreement {
  readonly value: number;
  readonly embeddings: number;
  readonly proxies: number;
}

export function disagreement(plan: LossPlan, batch: SampleBatch, oracle: Oracle): Disagreement {
  const { value, embeddings, proxies } = evaluateLoss(plan, batch);
  const expected = oracle(batch, batch);
  return {
    value: Math.abs(value - expected) / Math.max(Math.abs(expected), 1e-2),
    embeddings: gap(embeddings, numericGradient(oracle, batch, 'embeddings')),
    proxies: proxies ? gap(proxies, numericGradient(oracle, batch, 'proxies')) : 0,
  };
}

/** Largest difference of two matrices, relative to the largest entry of the second. */
export function gap(actual: number[][], expected: number[][]): number {
  const scale = Math.max(1e-2, ...expected.flat().map(Math.abs));
  return Math.max(0, ...actual.flatMap((row, i) => row.map((value, j) => Math.abs(value - expected[i]![j]!)))) / scale;
}

/** The largest of the three. NaN stays NaN. */
export const worst = ({ value, embeddings, proxies }: Disagreement): number => Math.max(value, embeddings, proxies);
