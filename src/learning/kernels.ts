import * as tf from '@tensorflow/tfjs-core';

/** The vectors of a batch normalisation, each [channels]. */
export interface Normalization {
  scale: tf.Tensor1D;
  offset: tf.Tensor1D;
  /** Running mean and variance. */
  mean: tf.Tensor1D;
  variance: tf.Tensor1D;
}

/** What follows a normalisation, from nothing to f(normalised + shortcut). */
export interface Following {
  /** As large as what is normalised; how a residual block ends. */
  shortcut?: tf.Tensor4D;
  /** PReLU (He et al. 2015): max(x, 0) + slope min(x, 0), a slope [channels] for each channel; never after a shortcut. */
  activation: 'none' | 'relu' | { slope: tf.Tensor1D };
}

export interface NormalizeOptions extends Following {
  /** True: by the statistics of this batch, which also move the running ones. False: by the running ones. */
  byBatch: boolean;
}

export interface ConvolutionOptions {
  stride: number;
  /** The images are what the network was given, so nobody asks for their gradient. */
  fromPictures: boolean;
}

/** The running statistics after a batch; the caller owns and disposes them. */
export interface MovedStatistics {
  mean: tf.Tensor1D;
  variance: tf.Tensor1D;
}

export interface Normalized {
  /** [batch, height, width, channels] */
  output: tf.Tensor4D;
  /** Null when not `byBatch`. */
  moved: MovedStatistics | null;
}

/**
 * The operations that decide how fast a network trains. Every function is differentiable. The portable ones below run on any
 * backend of TensorFlow.js; the engine has others that call TensorFlow's fused kernels.
 */
export interface Kernels {
  readonly name: string;
  /** 'same' padding, no bias. `filter`: [size, size, in, out]. */
  convolve(images: tf.Tensor4D, filter: tf.Tensor4D, options: ConvolutionOptions): tf.Tensor4D;
  /** One filter a channel. `filter`: [size, size, channels, 1]. */
  convolveEach(images: tf.Tensor4D, filter: tf.Tensor4D, options: { stride: number; padding: 'same' | 'valid' }): tf.Tensor4D;
  /** Batch normalisation (Ioffe and Szegedy 2015), with what follows it. */
  normalize(images: tf.Tensor4D, by: Normalization, options: NormalizeOptions): Normalized;
  /**
   * Pixels 0, stride, 2 stride, ... of both sides: what a 1 x 1 filter of this stride looks at. Convolving them with stride 1 is the
   * same sum, and avoids a fault of TensorFlow 2.21 on processors: its gradient of a strided 1 x 1 filter with fewer than 16 input
   * channels writes past its buffer and ends the process.
   */
  everyNth(images: tf.Tensor4D, stride: number): tf.Tensor4D;
  /** The maximum of windows of `size` x `size`, 'same' padding. */
  maxPool(images: tf.Tensor4D, options: { size: number; stride: number }): tf.Tensor4D;
  /** Features [batch, in] times the matrix [in, out], plus the bias [out]. */
  project(features: tf.Tensor2D, matrix: tf.Tensor2D, bias: tf.Tensor1D): tf.Tensor2D;
}

export const NORMALIZATION_EPSILON = 1e-5;
/** Share of the old running statistics that a batch keeps. */
export const STATISTICS_MOMENTUM = 0.9;

export const portableKernels: Kernels = {
  name: 'portable',
  convolve: (images, filter, { stride }) => tf.conv2d(images, filter, stride, 'same'),
  convolveEach: (images, filter, { stride, padding }) => tf.depthwiseConv2d(images, filter, stride, padding),
  normalize(images, by, options) {
    if (!options.byBatch) {
      const output = tf.batchNorm4d(images, by.mean, by.variance, by.offset, by.scale, NORMALIZATION_EPSILON);
      return { output: follow(output, options), moved: null };
    }
    const batch = tf.moments(images, [0, 1, 2]);
    const [mean, variance] = [batch.mean as tf.Tensor1D, batch.variance as tf.Tensor1D];
    const output = tf.batchNorm4d(images, mean, variance, by.offset, by.scale, NORMALIZATION_EPSILON);
    return { output: follow(output, options), moved: moveStatistics(by, { mean, variance }, images) };
  },
  everyNth: (images, stride) => tf.avgPool(images, 1, stride, 'same'),
  maxPool: (images, { size, stride }) => tf.maxPool(images, size, stride, 'same'),
  project: (features, matrix, bias) => tf.add(tf.matMul(features, matrix), bias),
};

function follow(normalized: tf.Tensor4D, { shortcut, activation }: Following): tf.Tensor4D {
  const sum = shortcut ? tf.add<tf.Tensor4D>(normalized, shortcut) : normalized;
  if (activation === 'none') return sum;
  return activation === 'relu' ? tf.relu(sum) : tf.prelu(sum, tf.reshape(activation.slope, [1, 1, 1, -1]) as tf.Tensor4D);
}

/** The running variance takes the unbiased variance of the batch, as TensorFlow's and PyTorch's do. */
function moveStatistics(by: Normalization, batch: MovedStatistics, images: tf.Tensor4D): MovedStatistics {
  const count = images.size / images.shape[3];
  const share = 1 - STATISTICS_MOMENTUM;
  return tf.tidy(() => {
    const unbiased = tf.mul(batch.variance, count / Math.max(1, count - 1));
    const mean = tf.keep(tf.add<tf.Tensor1D>(tf.mul(by.mean, STATISTICS_MOMENTUM), tf.mul(batch.mean, share)));
    const variance = tf.keep(tf.add<tf.Tensor1D>(tf.mul(by.variance, STATISTICS_MOMENTUM), tf.mul(unbiased, share)));
    return { mean, variance };
  });
}
