import * as tf from '@tensorflow/tfjs-core';
import type { Following, Kernels, MovedStatistics } from './kernels.ts';
import type { ParameterSet } from './parameters.ts';

export interface ConvolutionOptions {
  filters: number;
  /** Side of the filter. */
  size: number;
  stride: number;
}

/** What follows a normalisation; the slopes of a PReLU are parameters of their own. */
export interface Ending {
  activation: 'none' | 'relu' | 'prelu';
  shortcut?: tf.Tensor4D;
}

/** The words a backbone is written in. Names become the names of the parameters. */
export interface Layers {
  /** 'same' padding, no bias: a normalisation follows. */
  convolve(name: string, images: tf.Tensor4D, options: ConvolutionOptions): tf.Tensor4D;
  /** One filter a channel, no bias. */
  convolveEach(name: string, images: tf.Tensor4D, options: { size: number; stride: number; padding: 'same' | 'valid' }): tf.Tensor4D;
  /** Batch normalisation, then the shortcut is added, then the activation. */
  normalize(name: string, images: tf.Tensor4D, ending: Ending): tf.Tensor4D;
  maxPool(images: tf.Tensor4D, options: { size: number; stride: number }): tf.Tensor4D;
  /** [batch, in] to [batch, out], with a bias; as 'identity' it changes nothing before it has learnt something. */
  project(name: string, features: tf.Tensor2D, options: { size: number; begins?: 'random' | 'identity' }): tf.Tensor2D;
}

export interface LayersOptions {
  parameters: ParameterSet;
  kernels: Kernels;
  /** Normalise by the batch. */
  training: boolean;
  /** What the network is given; nobody asks for its gradient. */
  pictures?: tf.Tensor4D;
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
        ? kernels.convolve(kernels.everyNth(images, stride), filter as tf.Tensor4D, { stride: 1, fromPictures: false })
        : kernels.convolve(images, filter as tf.Tensor4D, { stride, fromPictures: images === options.pictures });
    },
    convolveEach(name, images, { size, stride, padding }) {
      const shape = [size, size, images.shape[3], 1];
      const initializer = { kind: 'he', fanIn: size * size } as const;
      const filter = parameters.use({ name: `${name}/filter`, shape, role: 'weight', initializer });
      return kernels.convolveEach(images, filter as tf.Tensor4D, { stride, padding });
    },
    normalize: (name, images, ending) => normalize(options, { name, images, ending }),
    maxPool: kernels.maxPool,
    project(name, features, { size, begins = 'random' }) {
      const fanIn = features.shape[1];
      const initializer = begins === 'identity' ? ({ kind: 'values', values: identity(size) } as const) : ({ kind: 'linear', fanIn } as const);
      const matrix = parameters.use({ name: `${name}/matrix`, shape: [fanIn, size], role: 'weight', initializer });
      const bias = parameters.use({ name: `${name}/bias`, shape: [size], role: 'scale', initializer: { kind: 'constant', value: 0 } });
      return kernels.project(features, matrix as tf.Tensor2D, bias as unknown as tf.Tensor1D);
    },
  };
}

/** [size, size], row-major. */
const identity = (size: number): Float32Array => Float32Array.from({ length: size * size }, (_, index) => (index % (size + 1) === 0 ? 1 : 0));

interface NormalizeCall {
  name: string;
  images: tf.Tensor4D;
  ending: Ending;
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
  const { activation, shortcut } = call.ending;
  const following: Following = {
    activation: activation === 'prelu' ? { slope: vector('slope', PRELU_SLOPE, 'scale') } : activation,
    ...(shortcut ? { shortcut } : {}),
  };
  const { output, moved } = kernels.normalize(call.images, by, { byBatch: training, ...following });
  if (moved) {
    if (onStatistics) onStatistics(call.name, moved);
    else tf.dispose([moved.mean, moved.variance]);
  }
  return output;
}
