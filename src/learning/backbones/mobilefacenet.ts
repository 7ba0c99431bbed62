import type * as tf from '@tensorflow/tfjs-core';
import type { Layers } from '../layers.ts';
import { scaled } from './scaled.ts';

interface Stage {
  expansion: number;
  channels: number;
  repeats: number;
  stride: number;
}

/** Table 1 of the paper: bottlenecks after the first depth-wise convolution. */
const STAGES: readonly Stage[] = [
  { expansion: 2, channels: 64, repeats: 5, stride: 2 },
  { expansion: 4, channels: 128, repeats: 1, stride: 2 },
  { expansion: 2, channels: 128, repeats: 6, stride: 1 },
  { expansion: 4, channels: 128, repeats: 1, stride: 2 },
  { expansion: 2, channels: 128, repeats: 2, stride: 1 },
];

/**
 * MobileFaceNet (Chen et al., CCBR 2018, table 1): inverted residuals with PReLU, and a global depth-wise convolution in the
 * place of pooling, so that the centre of a face may count more than its corners. 1 M parameters at 112 x 112.
 */
export function mobilefacenet(layers: Layers, images: tf.Tensor4D, width: number): tf.Tensor4D {
  let x = pointwise(layers, images, { name: 'stem', filters: scaled(64, width), size: 3, stride: 2 });
  x = depthwise(layers, x, { name: 'stem-each', size: 3, stride: 1 });
  STAGES.forEach((stage, index) => {
    for (let repeat = 1; repeat <= stage.repeats; repeat++) {
      const stride = repeat === 1 ? stage.stride : 1;
      const name = `stage-${index + 1}/block-${repeat}`;
      x = bottleneck(layers, x, { name, inner: x.shape[3] * stage.expansion, filters: scaled(stage.channels, width), stride });
    }
  });
  x = pointwise(layers, x, { name: 'last', filters: scaled(512, width), size: 1, stride: 1 });
  const side = x.shape[1];
  x = layers.convolveEach('global', x, { size: side, stride: 1, padding: 'valid' });
  return layers.normalize('global/norm', x, { activation: 'none' });
}

interface BottleneckOptions {
  name: string;
  inner: number;
  filters: number;
  stride: number;
}

function bottleneck(layers: Layers, x: tf.Tensor4D, { name, inner, filters, stride }: BottleneckOptions): tf.Tensor4D {
  let y = pointwise(layers, x, { name: `${name}/widen`, filters: inner, size: 1, stride: 1 });
  y = depthwise(layers, y, { name: `${name}/each`, size: 3, stride });
  y = layers.convolve(`${name}/narrow`, y, { filters, size: 1, stride: 1 });
  const shortcut = stride === 1 && x.shape[3] === filters ? { shortcut: x } : {};
  return layers.normalize(`${name}/narrow/norm`, y, { activation: 'none', ...shortcut });
}

interface ConvolutionCall {
  name: string;
  filters: number;
  size: number;
  stride: number;
}

function pointwise(layers: Layers, x: tf.Tensor4D, { name, ...options }: ConvolutionCall): tf.Tensor4D {
  return layers.normalize(`${name}/norm`, layers.convolve(name, x, options), { activation: 'prelu' });
}

function depthwise(layers: Layers, x: tf.Tensor4D, { name, ...options }: { name: string; size: number; stride: number }): tf.Tensor4D {
  return layers.normalize(`${name}/norm`, layers.convolveEach(name, x, { ...options, padding: 'same' }), { activation: 'prelu' });
}
