import * as tf from '@tensorflow/tfjs-core';
import { ALIGNED_SIDE } from '../../src/engine/face/align-face.ts';
import { alignPhotos } from '../../src/engine/face/align-photos.ts';
import type { FaceModels } from '../../src/engine/face/face-models.ts';
import type { Embedded } from './peer.ts';

/** Photos to embeddings of the largest face, as the product does. */
export async function embedPhotos(paths: readonly string[], models: FaceModels): Promise<Embedded> {
  const begun = performance.now();
  const embeddings: (Float32Array | null)[] = [];
  for await (const batch of alignPhotos(paths.map((path) => ({ kind: 'file', path })), models)) {
    const faces = batch.map((photo) => ('faces' in photo ? (photo.faces[0]?.aligned ?? null) : null));
    const rows = embedFaces(faces.filter((face) => face !== null), models);
    embeddings.push(...faces.map((face) => (face === null ? null : rows.shift()!)));
  }
  return { seconds: (performance.now() - begun) / 1000, embeddings };
}

/** Aligned faces to rows of unit length. */
export function embedFaces(faces: readonly Uint8Array[], { embed }: FaceModels): Float32Array[] {
  if (faces.length === 0) return [];
  const pixels = new Float32Array(faces.length * ALIGNED_SIDE * ALIGNED_SIDE * 3);
  for (const [index, face] of faces.entries()) pixels.set(face, index * face.length);
  const rows = tf.tidy(() => embed(tf.tensor4d(pixels, [faces.length, ALIGNED_SIDE, ALIGNED_SIDE, 3])).dataSync<'float32'>());
  const size = rows.length / faces.length;
  return faces.map((_, index) => rows.slice(index * size, (index + 1) * size));
}
