import * as tf from '@tensorflow/tfjs-core';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import { knownGradient } from './known-gradient.ts';

/**
 * S = F [F; M]ᵀ: every row of the batch against the batch itself and, to its right, against remembered rows.
 * Backward: ∂L/∂F = G [F; M] + G_Fᵀ F, which is (G + Gᵀ) F without memory: one product where autograd takes two.
 *
 * @param batch F, [batch, width].
 * @param memory M, [remembered, width]; takes no gradient.
 * @returns [batch, batch + remembered].
 */
export function similarityMatrix(batch: Tensor2D, memory: Tensor2D | null = null): Tensor2D {
  const size = batch.shape[0];
  const matrix = knownGradient([batch], () => {
    const columns = memory ? tf.concat([batch, memory]) : batch;
    return { value: tf.matMul(batch, columns, false, true), kept: [batch, columns] as const };
  }, (upstream, [f, columns]) => {
    const gradient = upstream as Tensor2D;
    if (!memory) return [tf.matMul(tf.add(gradient, tf.transpose(gradient)), f)];
    const within = tf.slice2d(gradient, [0, 0], [size, size]);
    return [tf.add(tf.matMul(gradient, columns), tf.matMul(within, f, true, false))];
  });
  return matrix as Tensor2D;
}
