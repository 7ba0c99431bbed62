import type * as tf from '@tensorflow/tfjs-core';
import type { Layers } from '../layers.ts';
import { residualBlock } from './residual-block.ts';
import { scaled } from './scaled.ts';

/** Channels after each halving of the picture. */
const STAGES = [32, 64, 128] as const;

/**
 * The house network: the residual form of ResNet (He et al., CVPR 2016) with few channels, quick on a processor. At 112 x 112:
 * stem to 56 x 56 x 16, then stages at 28, 14 and 7 pixels with 32, 64 and 128 channels; 0.7 M parameters.
 */
export function small(layers: Layers, images: tf.Tensor4D, width: number): tf.Tensor4D {
  let x = layers.convolve('stem', images, { filters: scaled(16, width), size: 3, stride: 2 });
  x = layers.normalize('stem/norm', x, 'relu');
  STAGES.forEach((channels, index) => {
    x = residualBlock(layers, x, { name: `stage-${index + 1}/block-1`, filters: scaled(channels, width), stride: 2 });
    x = residualBlock(layers, x, { name: `stage-${index + 1}/block-2`, filters: scaled(channels, width), stride: 1 });
  });
  return x;
}
