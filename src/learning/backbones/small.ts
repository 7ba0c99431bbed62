import type * as tf from '@tensorflow/tfjs-core';
import type { Layers } from '../layers.ts';
import { residualBlock } from './residual-block.ts';
import { scaled } from './scaled.ts';

/** The residual stages: their channels, and by how much each shrinks the picture. */
const STAGES = [
  { channels: 16, stride: 1 },
  { channels: 32, stride: 2 },
  { channels: 32, stride: 2 },
] as const;

/**
 * The house network: the residual form of ResNet (He et al., CVPR 2016) with few channels and few blocks, for sets of a few
 * dozen people and a processor. At 56 x 56: stem to 28 x 28 x 16, then 28, 14 and 7 pixels; without pooling 0.23 M parameters.
 */
export function small(layers: Layers, images: tf.Tensor4D, width: number): tf.Tensor4D {
  let x = layers.convolve('stem', images, { filters: scaled(16, width), size: 3, stride: 2 });
  x = layers.normalize('stem/norm', x, { activation: 'relu' });
  STAGES.forEach(({ channels, stride }, index) => {
    x = residualBlock(layers, x, { name: `stage-${index + 1}`, filters: scaled(channels, width), stride });
  });
  return x;
}
