import * as tf from '@tensorflow/tfjs-core';
import type { Recipe } from '../../contract/recipe/recipe.ts';
import { augment } from '../../learning/augmentation/augment.ts';
import { standardize } from '../../learning/network.ts';
import { randomStream } from '../../learning/random.ts';

/** Pictures as the network takes them, [batch, height, width, channels], without augmentation. */
export function toImages(pictures: readonly Uint8Array[], { input }: Pick<Recipe, 'input'>): tf.Tensor4D {
  const size = input.width * input.height * input.channels;
  const values = new Float32Array(pictures.length * size);
  pictures.forEach((picture, index) => { standardize(picture, values.subarray(index * size, (index + 1) * size)); });
  return tf.tensor4d(values, [pictures.length, input.height, input.width, input.channels]);
}

/** The same, each picture changed by a stream of its own: (seed, batch number, place in the batch). */
export function toAugmentedImages(pictures: readonly Uint8Array[], recipe: Pick<Recipe, 'input' | 'augmentation' | 'seed'>, batchNumber: number): tf.Tensor4D {
  const { width, height, channels } = recipe.input;
  const size = width * height * channels;
  const values = new Float32Array(pictures.length * size);
  pictures.forEach((picture, place) => {
    const random = randomStream(recipe.seed, 'augment', batchNumber, place);
    const view = augment({ width, height, channels, values: Float32Array.from(picture) }, recipe.augmentation, random);
    standardize(view.values, values.subarray(place * size, (place + 1) * size));
  });
  return tf.tensor4d(values, [pictures.length, height, width, channels]);
}
