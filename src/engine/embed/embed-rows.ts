import * as tf from '@tensorflow/tfjs-core';
import type { Recipe } from '../../contract/recipe/recipe.ts';
import type { Network } from '../../learning/network.ts';
import { toImages } from '../train/make-batch.ts';

/** Keeps the length of a vector without direction at zero. */
const SMALLEST_LENGTH = 1e-12;

/** Decoded pictures to [pictures, size], row-major, not normalised, by the running statistics; with `mirror` of both views. */
export function embedRows(network: Network, { input }: Pick<Recipe, 'input'>, pictures: readonly Uint8Array[]): Float32Array {
  const rows = tf.tidy(() => {
    const images = toImages(pictures, { input });
    const embeddings = network.embed(images, { training: false });
    return sumOfViews(input.mirror ? [embeddings, network.embed(tf.reverse(images, 2), { training: false })] : [embeddings]);
  });
  const values = rows.dataSync<'float32'>().slice();
  rows.dispose();
  return values;
}

/** One view as it is; of several the sum of their unit embeddings. */
export function sumOfViews(views: readonly tf.Tensor2D[]): tf.Tensor2D {
  return views.length === 1 ? views[0]! : tf.addN(views.map(toUnitLength));
}

function toUnitLength(rows: tf.Tensor2D): tf.Tensor2D {
  return tf.div(rows, tf.maximum(tf.norm(rows, 'euclidean', 1, true), SMALLEST_LENGTH));
}
