import { alignPhotos } from '../../src/engine/face/align-photos.ts';
import type { FaceModels } from '../../src/engine/face/face-models.ts';
import type { Embedded } from './peer.ts';

/** Photos to embeddings of the largest face, by the steps of engine/face; the product reads through engine/pipeline and embeds once more. */
export async function embedPhotos(paths: readonly string[], models: FaceModels): Promise<Embedded> {
  const begun = performance.now();
  const embeddings: (Float32Array | null)[] = [];
  for await (const batch of alignPhotos(paths.map((path) => ({ kind: 'file', path })), models)) {
    embeddings.push(...batch.map((photo) => ('faces' in photo ? (photo.faces[0]?.embedding ?? null) : null)));
  }
  return { seconds: (performance.now() - begun) / 1000, embeddings };
}
