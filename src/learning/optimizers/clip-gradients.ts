import * as tf from '@tensorflow/tfjs-core';
import type { Clipping } from '../../contract/recipe/training.ts';

/**
 * Gradients clipped element by element, then by their common norm (Pascanu et al., ICML 2013). Takes the gradients over:
 * those that are replaced are disposed.
 */
export function clipGradients(gradients: tf.Tensor[], { value, norm }: Clipping): tf.Tensor[] {
  let clipped = gradients;
  if (value !== null) clipped = replaceEach(clipped, (gradient) => tf.clipByValue(gradient, -value, value));
  if (norm !== null && clipped.length > 0) {
    const factor = tf.tidy(() => {
      const squares = clipped.map((gradient) => tf.sum(tf.square(gradient)));
      const total = tf.sqrt(tf.addN(squares));
      return tf.minimum(1, tf.div(norm, tf.add(total, 1e-6)));
    });
    clipped = replaceEach(clipped, (gradient) => tf.mul(gradient, factor));
    factor.dispose();
  }
  return clipped;
}

function replaceEach(gradients: tf.Tensor[], change: (gradient: tf.Tensor) => tf.Tensor): tf.Tensor[] {
  return gradients.map((gradient) => {
    const changed = change(gradient);
    gradient.dispose();
    return changed;
  });
}
