import * as tf from '@tensorflow/tfjs-core';
import { ALIGNED_SIDE } from './align-face.ts';
import type { FaceModels } from './face-models.ts';
import { readOut } from './read-out.ts';

/** What the embedder makes of an aligned face. */
export interface FaceFeatures {
  /** 192 numbers of length 1: of the face and of its mirror image together. */
  embedding: Float32Array;
  /** Length of the features before they are brought to length 1: the network finds less in a face that is blurred, covered or turned away. */
  strength: number;
}

/** Faces that the network sees at once, each twice. */
const BATCH = 16;
const BYTES = ALIGNED_SIDE * ALIGNED_SIDE * 3;

/**
 * Embeds aligned faces together with their mirror images, which belong to the same person: their mean errs less than either (the figures
 * are in docs/faces.md).
 *
 * @param faces 112 x 112 RGB bytes each.
 */
export function describeFaces(faces: readonly Uint8Array[], models: FaceModels): FaceFeatures[] {
  const described: FaceFeatures[] = [];
  for (let first = 0; first < faces.length; first += BATCH) described.push(...describeBatch(faces.slice(first, first + BATCH), models));
  return described;
}

function describeBatch(faces: readonly Uint8Array[], models: FaceModels): FaceFeatures[] {
  const pixels = new Float32Array(faces.length * BYTES);
  for (const [index, face] of faces.entries()) pixels.set(face, index * BYTES);
  const [embeddings, strengths] = readOut(() => {
    const asTaken = tf.tensor4d(pixels, [faces.length, ALIGNED_SIDE, ALIGNED_SIDE, 3]);
    const features = models.features(tf.concat([asTaken, tf.reverse(asTaken, 2)]));
    const lengths = tf.norm(features, 2, 1, true);
    const [taken, mirrored] = tf.split(tf.div(features, lengths), 2) as [tf.Tensor2D, tf.Tensor2D];
    const sum = tf.add(taken, mirrored);
    return [tf.div(sum, tf.norm(sum, 2, 1, true)), tf.mean(tf.reshape(lengths, [2, faces.length]), 0)];
  }) as [Float32Array, Float32Array];
  const size = embeddings.length / faces.length;
  return faces.map((_, index) => ({ embedding: embeddings.slice(index * size, (index + 1) * size), strength: strengths[index]! }));
}
