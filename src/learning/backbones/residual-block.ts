import type * as tf from '@tensorflow/tfjs-core';
import type { Layers } from '../layers.ts';

export interface BlockOptions {
  name: string;
  filters: number;
  stride: number;
}

/** Two 3 x 3 convolutions beside a shortcut (He et al., CVPR 2016, fig. 5 left); a 1 x 1 convolution where the shapes differ. */
export function residualBlock(layers: Layers, x: tf.Tensor4D, { name, filters, stride }: BlockOptions): tf.Tensor4D {
  let y = layers.convolve(`${name}/conv-1`, x, { filters, size: 3, stride });
  y = layers.normalize(`${name}/norm-1`, y, { activation: 'relu' });
  y = layers.convolve(`${name}/conv-2`, y, { filters, size: 3, stride: 1 });
  return layers.normalize(`${name}/norm-2`, y, { activation: 'relu', shortcut: shortcut(layers, x, { name, filters, stride }) });
}

/** 1 x 1 down to a quarter, 3 x 3, 1 x 1 up again (fig. 5 right), the stride in the 3 x 3 as in torchvision. */
export function bottleneckBlock(layers: Layers, x: tf.Tensor4D, { name, filters, stride }: BlockOptions): tf.Tensor4D {
  const inner = filters / 4;
  let y = layers.convolve(`${name}/conv-1`, x, { filters: inner, size: 1, stride: 1 });
  y = layers.normalize(`${name}/norm-1`, y, { activation: 'relu' });
  y = layers.convolve(`${name}/conv-2`, y, { filters: inner, size: 3, stride });
  y = layers.normalize(`${name}/norm-2`, y, { activation: 'relu' });
  y = layers.convolve(`${name}/conv-3`, y, { filters, size: 1, stride: 1 });
  return layers.normalize(`${name}/norm-3`, y, { activation: 'relu', shortcut: shortcut(layers, x, { name, filters, stride }) });
}

function shortcut(layers: Layers, x: tf.Tensor4D, { name, filters, stride }: BlockOptions): tf.Tensor4D {
  if (stride === 1 && x.shape[3] === filters) return x;
  const projected = layers.convolve(`${name}/shortcut`, x, { filters, size: 1, stride });
  return layers.normalize(`${name}/shortcut/norm`, projected, { activation: 'none' });
}
