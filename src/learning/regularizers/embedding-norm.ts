import * as tf from '@tensorflow/tfjs-core';
import type { Scalar, Tensor2D } from '@tensorflow/tfjs-core';
import { knownGradient } from '../distances/known-gradient.ts';
import { shortestRow } from '../distances/unit-rows.ts';

/**
 * Mean ‖x‖² of the raw embeddings (Sohn, NIPS 2016, the penalty of section 3.2.2), or mean ‖x‖ with power 1.
 * A zero row takes no gradient.
 *
 * @param norms ‖x‖, [batch].
 */
export function embeddingNorm(embeddings: Tensor2D, norms: Float32Array, power: 1 | 2): Scalar {
  const penalty = norms.reduce((sum, norm) => sum + norm ** power, 0) / norms.length;
  // ∂ mean ‖x‖ᵏ / ∂x_i = k ‖x_i‖ᵏ⁻² x_i / batch
  const slope = norms.map((norm) => (norm < shortestRow ? 0 : (power * norm ** (power - 2)) / norms.length));
  return knownGradient([embeddings],
    () => ({ value: tf.scalar(penalty), kept: [tf.mul(embeddings, tf.tensor2d(slope, [slope.length, 1]))] as const }),
    (upstream, [gradient]) => [tf.mul(gradient, upstream)]) as Scalar;
}
