import type * as tf from '@tensorflow/tfjs-core';
import type { Layers } from '../layers.ts';
import type { BlockOptions } from './residual-block.ts';
import { scaled } from './scaled.ts';

export interface ResnetDescription {
  /** Blocks in each of the four stages. */
  blocks: readonly [number, number, number, number];
  /** Channels that leave each stage. */
  channels: readonly [number, number, number, number];
  block: (layers: Layers, x: tf.Tensor4D, options: BlockOptions) => tf.Tensor4D;
}

/** Deep residual learning (He et al., CVPR 2016, table 1): 7 x 7 stem, 3 x 3 maximum, four stages, each halving after the first. */
export function resnet(description: ResnetDescription): (layers: Layers, images: tf.Tensor4D, width: number) => tf.Tensor4D {
  return (layers, images, width) => {
    let x = layers.convolve('stem', images, { filters: scaled(64, width), size: 7, stride: 2 });
    x = layers.normalize('stem/norm', x, { activation: 'relu' });
    x = layers.maxPool(x, { size: 3, stride: 2 });
    description.blocks.forEach((count, stage) => {
      const filters = scaled(description.channels[stage]!, width);
      for (let block = 1; block <= count; block++) {
        const stride = block === 1 && stage > 0 ? 2 : 1;
        x = description.block(layers, x, { name: `stage-${stage + 1}/block-${block}`, filters, stride });
      }
    });
    return x;
  };
}
