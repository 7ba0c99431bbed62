import * as tf from '@tensorflow/tfjs-core';
import type { Activation, Kernels, MovedStatistics } from './kernels.ts';
import type { ParameterSet } from './parameters.ts';

export interface ConvolutionOptions {
  filters: number;
  /** Side of the filter. */
  size: number;
  stride: number;
}

/** The words a backbone is written in. Names become the names of the parameters. */
export interface Layers {
  /** 'same' padding, no bias: a normalisation follows. */
  convolve(name: string, images: tf.Tensor4D, options: ConvolutionOptions): tf.Tensor4D;
  /** One filter a channel, no bias. */
  convolveEach(name: string, images: tf.Tensor4D, options: { size: number; stride: number; padding: 'same' | 'valid' }): tf.Tensor4D;
  normalize(name: string, images: tf.Tensor4D, activation: Activation): tf.Tensor4D;
  prelu(name: string, images: tf.Tensor4D): tf.Tensor4D;
  /** relu(a + b) */
  addRelu(a: tf.Tensor4D, b: tf.Tensor4D): tf.Tensor4D;
  /** [batch, in] to [batch, out], with a bias. */
  project(name: string, features: tf.Tensor2D, size: number): tf.Tensor2D;
}

export interface LayersOptions {
  parameters: ParameterSet;
  kernels: Kernels;
  /** Normalise by the batch. */
  training: boolean;
  /** Is told the running statistics that a training pass moved, and owns them. */
  onStatistics?: (name: string, moved: MovedStatistics) => void;
}

const PRELU_SLOPE = 0.25;

export function createLayers(options: LayersOptions): Layers {
  const { parameters, kernels } = options;
  return {
    convolve(name, images, { filters, size, stride }) {
      const channels = images.shape[3];
      const fanIn = size * size * channels;
      const shape = [size, size, channels, filters];
      const filter = parameters.use({ name: `${name}/filter`, shape, role: 'weight', initializer: { kind: 'he', fanIn } });
      return size === 1 && stride > 1
        ? kernels.convolve(everyNth(images, stride), filter as tf.Tensor4D, 1)
        : kernels.convolve(images, filter as tf.Tensor4D, stride);
    },
    convolveEach(name, images, { size, stride, padding }) {
      const shape = [size, size, images.shape[3], 1];
      const initializer = { kind: 'he', fanIn: size * size } as const;
      const filter = parameters.use({ name: `${name}/filter`, shape, role: 'weight', initializer });
      return kernels.convolveEach(images, filter as tf.Tensor4D, { stride, padding });
    },
    normalize: (name, images, activation) => normalize(options, { name, images, activation }),
    prelu(name, images) {
      const initializer = { kind: 'constant', value: PRELU_SLOPE } as const;
      const slope = parameters.use({ name: `${name}/slope`, shape: [images.shape[3]], role: 'scale', initializer });
      return kernels.prelu(images, slope as tf.Tensor1D);
    },
    addRelu: kernels.addRelu,
    project(name, features, size) {
      const fanIn = features.shape[1];
      const matrix = parameters.use({ name: `${name}/matrix`, shape: [fanIn, size], role: 'weight', initializer: { kind: 'linear', fanIn } });
      const bias = parameters.use({ name: `${name}/bias`, shape: [size], role: 'scale', initializer: { kind: 'constant', value: 0 } });
      return tf.add(tf.matMul(features, matrix as tf.Tensor2D), bias);
    },
  };
}

/**
 * The pixels that a 1 x 1 filter of this stride looks at. Convolving them with stride 1 is the same sum, and avoids a fault of
 * TensorFlow 2.21 on processors: its gradient of a strided 1 x 1 filter with fewer than 16 input channels writes past its
 * buffer and ends the process.
 */
function everyNth(images: tf.Tensor4D, stride: number): tf.Tensor4D {
  return tf.avgPool(images, 1, stride, 'same');
}

interface NormalizeCall {
  name: string;
  images: tf.Tensor4D;
  activation: Activation;
}

function normalize({ parameters, kernels, training, onStatistics }: LayersOptions, call: NormalizeCall): tf.Tensor4D {
  const vector = (part: string, value: number, role: 'scale' | 'statistic'): tf.Tensor1D => {
    const request = { name: `${call.name}/${part}`, shape: [call.images.shape[3]], role, initializer: { kind: 'constant', value } as const };
    return parameters.use(request) as unknown as tf.Tensor1D;
  };
  const by = {
    scale: vector('scale', 1, 'scale'),
    offset: vector('offset', 0, 'scale'),
    mean: vector('mean', 0, 'statistic'),
    variance: vector('variance', 1, 'statistic'),
  };
  const { output, moved } = kernels.normalize(call.images, by, { byBatch: training, activation: call.activation });
  if (moved) {
    if (onStatistics) onStatistics(call.name, moved);
    else tf.dispose([moved.mean, moved.variance]);
  }
  return output;
}
