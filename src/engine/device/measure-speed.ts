import * as tf from '@tensorflow/tfjs-core';

const BUDGET_MS = 350;
const FULL = { matrixSide: 1024, images: 8, side: 56 };
/** Plain JavaScript would take half a minute for the full sizes; its speed does not depend on them. */
const REDUCED = { matrixSide: 256, images: 1, side: 28 };
const CHANNELS = 64;
const FILTER = 3;

const sizes = (): typeof FULL => (tf.getBackend() === 'cpu' ? REDUCED : FULL);

/** GFLOP/s of a 1024 x 1024 x 1024 float32 matrix product on the backend in use. */
export function measureMatmul(): number {
  const { matrixSide } = sizes();
  const [a, b] = [tf.randomUniform([matrixSide, matrixSide]), tf.randomUniform([matrixSide, matrixSide])];
  const gflops = measure(2 * matrixSide ** 3, () => tf.matMul(a, b));
  tf.dispose([a, b]);
  return gflops;
}

/** GFLOP/s of a 3 x 3 convolution, 64 to 64 channels, on 8 pictures of 56 x 56. */
export function measureConvolution(): number {
  const { images, side } = sizes();
  const x = tf.randomUniform<tf.Rank.R4>([images, side, side, CHANNELS]);
  const weights = tf.randomUniform<tf.Rank.R4>([FILTER, FILTER, CHANNELS, CHANNELS]);
  const operations = 2 * images * side * side * CHANNELS * CHANNELS * FILTER * FILTER;
  const gflops = measure(operations, () => tf.conv2d(x, weights, 1, 'same'));
  tf.dispose([x, weights]);
  return gflops;
}

/** The best of the runs that fit the time budget, after one to warm up: what the machine can do, not what else it did. */
function measure(operations: number, run: () => tf.Tensor): number {
  const once = (): number => {
    const start = performance.now();
    const result = run();
    // One number is read back, so that a device that computes in the background has finished.
    tf.tidy(() => tf.slice(tf.reshape(result, [-1]), 0, 1).dataSync());
    result.dispose();
    return performance.now() - start;
  };
  const warmUpMs = once();
  let best = warmUpMs;
  const end = performance.now() + BUDGET_MS - warmUpMs;
  do best = Math.min(best, once());
  while (performance.now() < end);
  return operations / best / 1e6;
}
