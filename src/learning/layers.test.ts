import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { portableKernels } from './kernels.ts';
import { createLayers } from './layers.ts';
import { createParameterSet } from './parameters.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

it('a strided 1 x 1 convolution, written without its stride, is the same sum on odd and even sides', () => {
  for (const side of [7, 8]) {
    const parameters = createParameterSet(1);
    const layers = createLayers({ parameters, kernels: portableKernels, training: false });
    const images = tf.randomNormal<tf.Rank.R4>([2, side, side, 3], 0, 1, 'float32', side);
    const ours = layers.convolve('shortcut', images, { filters: 5, size: 1, stride: 2 });
    const filter = [...parameters.all.values()][0]!.variable as tf.Tensor as tf.Tensor4D;
    const plain = tf.conv2d(images, filter, 2, 'same');
    expect(ours.shape).toEqual(plain.shape);
    expect(tf.max(tf.abs(tf.sub(ours, plain))).dataSync()[0]).toBeLessThan(1e-6);
  }
});
