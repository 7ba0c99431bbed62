import { loadSamples } from '../../src/engine/pipeline/load-samples.ts';
import type { Loaded, LoadedSample } from '../../src/engine/pipeline/load-samples.ts';
import { pretrainedRecipe } from '../../src/workflows/pretrained-model.ts';
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

/** The largest face of each photo, or why there is none, by the product's own way from photos to samples; nothing is kept. */
export async function* largestFaces(paths: readonly string[]): AsyncGenerator<Loaded, void> {
  const sources = paths.map((path) => ({ kind: 'file', path }) as const);
  for await (const batch of loadSamples(sources, { input: pretrainedRecipe.input, several: 'largest', cacheOf: () => null })) yield* batch;
}

export async function seeSet(photos: readonly LabelledPhoto[]): Promise<SeenSet> {
  const begun = performance.now();
  const faces: SeenFace[] = [];
  let [several, at] = [0, 0];
  for await (const found of largestFaces(photos.map(({ path }) => path))) {
    const { path, person } = photos[at++]!;
    if ('reason' in found) {
      console.error(`bench: ${path}: ${found.reason}`);
      continue;
    }
    const [{ seen, embedding, quality }] = found.samples as [LoadedSample];
    if (seen > 1) several++;
    faces.push({ person, embedding: embedding!.vector, quality: quality!.score });
  }
  return { photos: photos.length, people: new Set(photos.map(({ person }) => person)).size, faces, several, secondsTaken: (performance.now() - begun) / 1000 };
}
