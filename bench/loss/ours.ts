import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import { lossKernelsOfBackend } from '../../src/engine/kernels/own-losses.ts';
import { computeLoss } from '../../src/learning/loss-compute.ts';
import type { Batch } from './batch.ts';
import { WIDTH } from './cases.ts';
import type { Case } from './cases.ts';

export interface Evaluation {
  readonly loss: number;
  readonly embeddings: Float32Array;
  readonly proxies: Float32Array;
}

export interface OurLoss {
  /** Milliseconds of each step: value, both gradients, diagnostics. */
  run(steps: number): number[];
  evaluate(): Evaluation;
  dispose(): void;
}

/** A loss as a training step calls it: from raw embeddings and proxies to their gradients. */
export function createOurLoss({ recipe, perClass }: Case, batch: Batch): OurLoss {
  const matrix = (values: Float32Array): Tensor2D => tf.tensor2d(values, [values.length / WIDTH, WIDTH]);
  const inputs = [matrix(batch.embeddings), ...(perClass > 0 ? [matrix(batch.proxies)] : [])];
  const kernels = lossKernelsOfBackend();
  const step = () => tf.valueAndGrads((...given: Tensor[]) => {
    const [embeddings, proxies] = given as [Tensor2D, Tensor2D | undefined];
    return computeLoss({ loss: recipe }, { embeddings, labels: batch.labels, kernels, ...(proxies && { proxies }) }).loss;
  })(inputs);
  const timed = (): number => {
    const begun = performance.now();
    const { value, grads } = step();
    const loss = value.dataSync()[0]!;
    const took = performance.now() - begun;
    tf.dispose([value, ...grads]);
    if (!Number.isFinite(loss)) throw new Error(`${recipe.name} costs ${loss}.`);
    return took;
  };
  return {
    run: (steps) => Array.from({ length: steps }, timed),
    evaluate() {
      const { value, grads } = step();
      const [embeddings, proxies] = grads.map((gradient) => gradient.dataSync() as Float32Array);
      const evaluation = { loss: value.dataSync()[0]!, embeddings: embeddings!, proxies: proxies ?? new Float32Array() };
      tf.dispose([value, ...grads]);
      return evaluation;
    },
    dispose: () => { tf.dispose(inputs); },
  };
}
