import * as tf from '@tensorflow/tfjs-core';

/** In pixels of the network's input. Flow is averaged over about two ridges and told once a cell. */
const SPREAD = 4;
const CELL = 8;
/** Squared slope below which a place shows no ridges: an even ground, or what was not seen. */
const LEAST_SLOPE = 0.05;

/**
 * The flow of ridges as features without anything to learn: doubled angles from averaged squared gradients (Bazen and Gerez, IEEE PAMI 24,
 * 2002, eqs. 3 to 8), a vector a cell that is as long as its ridges run one way, and zero where there are none. Whatever is learnt comes
 * after it, in the embedding layer. Meant for prints about their core (`engine/finger/core.ts`) of 4 pixels a ridge: prints of a phone
 * and of a sensor differ in what is black and in how broad ridges are, and not in how they flow.
 *
 * @param images [batch, height, width, channels] @returns [batch, height / 8, width / 8, 2]
 */
export function ridgeFlow(images: tf.Tensor4D): tf.Tensor4D {
  const grey = tf.mean<tf.Tensor4D>(images, 3, true);
  const [, height, width] = grey.shape;
  const inner = (top: number, left: number): tf.Tensor4D => tf.slice(grey, [0, top, left, 0], [-1, height - 2, width - 2, -1]);
  const across = tf.sub(inner(1, 2), inner(1, 0));
  const down = tf.sub(inner(2, 1), inner(0, 1));
  const squares = tf.concat<tf.Tensor4D>([
    tf.sub(tf.square(across), tf.square(down)),
    tf.mul(2, tf.mul(across, down)),
    tf.add(tf.square(across), tf.square(down)),
  ], 3);
  const [real, imaginary, energy] = tf.split(average(tf.pad(squares, [[0, 0], [1, 1], [1, 1], [0, 0]])), 3, 3) as [tf.Tensor4D, tf.Tensor4D, tf.Tensor4D];
  // Ridges run across their gradient: half a turn of the doubled angle.
  return tf.div(tf.neg(tf.concat([real, imaginary], 3)), tf.add(energy, LEAST_SLOPE));
}

/** A Gaussian over the cell and its neighbours, each channel by itself, one value a cell. */
function average(values: tf.Tensor4D): tf.Tensor4D {
  const reach = 2 * SPREAD;
  const weights = Array.from({ length: 2 * reach + 1 }, (_, index) => Math.exp(-((index - reach) ** 2) / (2 * SPREAD ** 2)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const taps = tf.tensor1d([0, 1, 2].flatMap(() => weights.map((weight) => weight / total)));
  const ofChannels = (shape: [number, number]): tf.Tensor4D => tf.reshape(tf.transpose(tf.reshape(taps, [3, 2 * reach + 1])), [...shape, 3, 1]);
  // Strides of both directions must agree, so the first pass keeps every place.
  const rows = tf.depthwiseConv2d(values, ofChannels([2 * reach + 1, 1]), 1, 'same');
  const cells = tf.depthwiseConv2d(rows, ofChannels([1, 2 * reach + 1]), 1, 'same');
  const [, height, width] = cells.shape;
  return tf.stridedSlice(cells, [0, CELL >> 1, CELL >> 1, 0], [cells.shape[0], height, width, 3], [1, CELL, CELL, 1]) as tf.Tensor4D;
}
