import * as tf from '@tensorflow/tfjs-core';
import type { ConvolutionOptions } from '../../learning/kernels.ts';
import { attribute, runOne } from './native-operations.ts';

/** Floats in a register. */
const LANES = 16;
/** With more channels TensorFlow's library is as fast as our direct sums, or faster (measured one by one). */
const MOST_CHANNELS = 64;

/** 'same' padding. Ours where it goes by tiles (native/winograd.h) or there are few channels, TensorFlow's elsewhere. */
export function convolve(images: tf.Tensor4D, filter: tf.Tensor4D, { stride, fromPictures }: ConvolutionOptions): tf.Tensor4D {
  const [size, , inputs, outputs] = filter.shape;
  const goesByTiles = size === 3 && stride === 1 && isWhole(filter);
  if (outputs % LANES !== 0 || (!goesByTiles && Math.max(inputs, outputs) > MOST_CHANNELS)) return tf.conv2d(images, filter, stride, 'same');
  const forward = (x: tf.Tensor4D, weights: tf.Tensor4D) => runOne<tf.Rank.R4>('LikenessConvolve', [attribute.integer('stride', stride)], [x, weights]);
  if (fromPictures) {
    // Not an argument, so that its gradient is not computed.
    const ofFilter = tf.customGrad((weights) => ({
      value: forward(images, weights as tf.Tensor4D),
      gradFunc: (dy: tf.Tensor4D) => filterGradient(dy, [images, filter], stride),
    }));
    return ofFilter(filter);
  }
  const ofBoth = tf.customGrad((...given) => {
    const [x, weights, save] = given as unknown as [tf.Tensor4D, tf.Tensor4D, tf.GradSaveFunc];
    save([x, weights]);
    const gradFunc = (dy: tf.Tensor4D, saved: tf.Tensor[]) => [pictureGradient(dy, saved as Both, stride), filterGradient(dy, saved as Both, stride)];
    return { value: forward(x, weights), gradFunc };
  });
  return ofBoth(images, filter);
}

/** The images and the filter of a convolution. */
type Both = [tf.Tensor4D, tf.Tensor4D];

const isWhole = (filter: tf.Tensor4D): boolean => filter.shape[2] % LANES === 0;

function pictureGradient(dy: tf.Tensor4D, [x, filter]: Both, stride: number): tf.Tensor {
  if (!isWhole(filter)) return tf.conv2dTranspose(dy, filter, x.shape, stride, 'same');
  return runOne('LikenessConvolveInputGradient', [attribute.integer('stride', stride)], [dy, filter, x]);
}

function filterGradient(dy: tf.Tensor4D, [x, filter]: Both, stride: number): tf.Tensor {
  return runOne('LikenessConvolveFilterGradient', [attribute.integer('stride', stride)], [x, dy, filter]);
}
