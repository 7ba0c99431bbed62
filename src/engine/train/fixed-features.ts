import * as tf from '@tensorflow/tfjs-core';
import type { Recipe } from '../../contract/recipe/recipe.ts';
import type { Network } from '../../learning/network.ts';
import { randomStream } from '../../learning/random.ts';
import { sumOfViews } from '../embed/embed-rows.ts';
import { takeTurns } from '../process/take-turns.ts';
import { toImages } from './make-batch.ts';
import type { Pictures } from './pictures.ts';

/** What a backbone that never learns makes of each picture and of its mirror image; [pictures, size], row-major. */
export interface FixedFeatures {
  size: number;
  plain: Float32Array;
  /** Empty where nobody mirrors. */
  mirrored: Float32Array;
}

const BATCH = 32;

/** Whether a picture's features never change in a run: the backbone does not learn, and pictures are at most mirrored. */
export function areFeaturesFixed({ backbone, augmentation }: Pick<Recipe, 'backbone' | 'augmentation'>): boolean {
  const changes = Object.entries(augmentation).filter(([name]) => name !== 'flip');
  return 'fineTune' in backbone && !backbone.fineTune && changes.every(([, amount]) => amount === 0);
}

/** Computed once, so that only the head is left to a step. Null when cancelled meanwhile. */
export async function computeFixedFeatures(network: Network, recipe: Recipe, { pictures, signal }: { pictures: Pictures; signal: AbortSignal }): Promise<FixedFeatures | null> {
  const mirrors = recipe.input.mirror || recipe.augmentation.flip > 0;
  const [plain, mirrored]: [Float32Array[], Float32Array[]] = [[], []];
  for (let from = 0; from < pictures.samples.length; from += BATCH) {
    await takeTurns();
    if (signal.aborted) return null;
    const rows = Array.from({ length: Math.min(BATCH, pictures.samples.length - from) }, (_, index) => from + index);
    const images = toImages(await pictures.get(rows), recipe);
    plain.push(featuresOf(network, images));
    if (mirrors) mirrored.push(tf.tidy(() => featuresOf(network, tf.reverse(images, 2))));
    images.dispose();
  }
  const [all, mirroredOnes] = [concatenate(plain), concatenate(mirrored)];
  return { size: all.length / Math.max(1, pictures.samples.length), plain: all, mirrored: mirroredOnes };
}

function featuresOf(network: Network, images: tf.Tensor4D): Float32Array {
  return tf.tidy(() => network.features(images, { training: false }).dataSync<'float32'>().slice());
}

function concatenate(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** The features of a batch, each mirrored by a chance of its own: (seed, batch number, place in the batch). */
export function toFeatures(fixed: FixedFeatures, rows: ArrayLike<number>, { recipe, batchNumber }: { recipe: Pick<Recipe, 'augmentation' | 'seed'>; batchNumber: number }): tf.Tensor2D {
  const { flip } = recipe.augmentation;
  const isMirrored = (place: number): boolean => flip > 0 && randomStream(recipe.seed, 'mirror', batchNumber, place).uniform() < flip;
  return gather(fixed, rows, (place) => (isMirrored(place) ? fixed.mirrored : fixed.plain));
}

function gather({ size }: FixedFeatures, rows: ArrayLike<number>, from: (place: number) => Float32Array): tf.Tensor2D {
  const values = new Float32Array(rows.length * size);
  for (let place = 0; place < rows.length; place++) {
    values.set(from(place).subarray(rows[place]! * size, (rows[place]! + 1) * size), place * size);
  }
  return tf.tensor2d(values, [rows.length, size]);
}

/** Embeddings of rows of the pictures, as `embedRows` makes them of pixels. */
export function embedFixed(network: Network, fixed: FixedFeatures, { rows, mirror }: { rows: ArrayLike<number>; mirror: boolean }): Float32Array {
  return tf.tidy(() => {
    const views = (mirror ? [fixed.plain, fixed.mirrored] : [fixed.plain]).map((features) => network.head(gather(fixed, rows, () => features)));
    return sumOfViews(views).dataSync<'float32'>().slice();
  });
}
