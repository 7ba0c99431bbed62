import { alignPhotos } from '../../src/engine/face/align-photos.ts';
import type { FaceModels } from '../../src/engine/face/face-models.ts';
import { faceQuality } from '../../src/engine/face/face-quality.ts';
import type { LabelledPhoto } from './photos.ts';

/** A face that was found, as far as the figures need it. */
export interface SeenFace {
  person: string;
  embedding: Float32Array;
  /** 0 to 100. */
  quality: number;
}

export interface SeenSet {
  photos: number;
  people: number;
  /** The largest face of each photo in which there is one. */
  faces: SeenFace[];
  /** Photos with more than one face. */
  several: number;
  secondsTaken: number;
}

export async function seeSet(photos: readonly LabelledPhoto[], models: FaceModels): Promise<SeenSet> {
  const begun = performance.now();
  const faces: SeenFace[] = [];
  let [several, at] = [0, 0];
  for await (const batch of alignPhotos(photos.map(({ path }) => ({ kind: 'file', path })), models)) {
    for (const seen of batch) {
      const { path, person } = photos[at++]!;
      const [largest, ...others] = 'faces' in seen ? seen.faces : [];
      if (others.length > 0) several++;
      if (largest === undefined || !('photo' in seen)) console.error(`bench: no face in ${path}`);
      else faces.push({ person, embedding: largest.embedding, quality: faceQuality(largest, seen.photo, others).score });
    }
  }
  return { photos: photos.length, people: new Set(photos.map(({ person }) => person)).size, faces, several, secondsTaken: (performance.now() - begun) / 1000 };
}
