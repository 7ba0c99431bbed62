import * as tf from '@tensorflow/tfjs-core';
import { attribute, runOne } from './native-operations.ts';

/** Floats in a register. */
const LANES = 16;
/** With more channels TensorFlow's library is as fast or faster (measured one by one). */
const MOST_CHANNELS = 64;

/** 'same' padding. Ours where there are few channels, TensorFlow's elsewhere. */
export function convolve(images: tf.Tensor4D, filter: tf.Tensor4D, stride: number): tf.Tensor4D {
  const [, , inputs, outputs] = filter.shape;
  if (outputs % LANES !== 0 || inputs > MOST_CHANNELS || outputs > MOST_CHANNELS) return tf.conv2d(images, filter, stride, 'same');
  const run = tf.customGrad((...given) => {
    const [x, weights, save] = given as unknown as [tf.Tensor4D, tf.Tensor4D, tf.GradSaveFunc];
    save([x, weights]);
    const value = runOne<tf.Rank.R4>('LikenessConvolve', [attribute.integer('stride', stride)], [x, weights]);
    return { value, gradFunc: (gradient: tf.Tensor4D, saved: tf.Tensor[]) => gradients(gradient, saved as [tf.Tensor4D, tf.Tensor4D], stride) };
  });
  return run(images, filter);
}

function gradients(dy: tf.Tensor4D, [x, filter]: [tf.Tensor4D, tf.Tensor4D], stride: number): tf.Tensor[] {
  const isWhole = filter.shape[2] % LANES === 0;
  const dx = isWhole && stride === 1
    ? runOne('LikenessConvolveInputGradient', [], [dy, filter])
    : tf.conv2dTranspose(dy, filter, x.shape, stride, 'same');
  const dFilter = isWhole
    ? runOne('LikenessConvolveFilterGradient', [attribute.integer('stride', stride)], [x, dy, filter])
    : filterGradient(dy, [x, filter], stride);
  return [dx, dFilter];
}

/** TensorFlow's own. */
function filterGradient(dy: tf.Tensor4D, [x, filter]: [tf.Tensor4D, tf.Tensor4D], stride: number): tf.Tensor {
  const options = { strides: [stride, stride], pad: 'same', dataFormat: 'NHWC', dimRoundingMode: null, filterShape: filter.shape };
  return tf.engine().runKernel(tf.Conv2DBackpropFilter, { x, dy }, options as unknown as tf.NamedAttrMap) as tf.Tensor;
}
