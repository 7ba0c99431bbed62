import * as tf from '@tensorflow/tfjs-core';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import { knownGradient } from './known-gradient.ts';

/** Rows shorter than this have no direction (the floor of torch.nn.functional.normalize). */
export const shortestRow = 1e-12;

/** Euclidean lengths of the rows, read back: NaN or Infinity where a row is not finite (or overflows float32). */
export function rowNorms(matrix: Tensor2D): Float32Array {
  // The numbers leave by a side door: tidy would look for tensors among them, one by one.
  let squared = new Float32Array();
  tf.tidy(() => { squared = tf.sum(tf.square(matrix), 1).dataSync() as Float32Array<ArrayBuffer>; });
  return squared.map(Math.sqrt);
}

/**
 * f = x / ‖x‖ row by row; a zero row stays zero and takes no gradient.
 * Backward: ∂L/∂x = (g − (g·f) f) / ‖x‖.
 *
 * @param raw x, [rows, width].
 * @param norms ‖x‖, [rows].
 */
export function unitRows(raw: Tensor2D, norms: Float32Array): Tensor2D {
  const inverse = norms.map((norm) => (norm < shortestRow ? 0 : 1 / norm));
  const unit = knownGradient([raw], () => {
    const inverseNorm = tf.tensor2d(inverse, [inverse.length, 1]);
    const f = tf.mul(raw, inverseNorm);
    return { value: f, kept: [f, inverseNorm] as const };
  }, (upstream, [f, inverseNorm]) => {
    const radial = tf.sum(tf.mul(upstream, f), 1, true); // [rows, 1]
    return [tf.mul(tf.sub(upstream, tf.mul(radial, f)), inverseNorm)];
  });
  return unit as Tensor2D;
}
