import * as tf from '@tensorflow/tfjs-core';

/** The numbers of the tensors that `compute` gives; nothing of it stays in memory. Numbers are read outside of tidy, which would walk through each. */
export function readOut(compute: () => tf.Tensor[]): Float32Array[] {
  const tensors = tf.tidy(compute);
  const numbers = tensors.map((tensor) => tensor.dataSync<'float32'>());
  tf.dispose(tensors);
  return numbers;
}
