import { join } from 'node:path';
import type { EmbedRequest } from '../../src/contract/engine-port.ts';
import { embed } from '../../src/engine/embed/embed.ts';
import { writePretrained } from '../../src/engine/face/write-pretrained.ts';
import { pretrainedRecipe } from '../../src/workflows/pretrained-model.ts';
import { picturesPerCall } from '../../src/workflows/write-embeddings.ts';
import type { Embedded } from './peer.ts';

/** Photos to embeddings of the largest face. */
export interface OurSide {
  embed(paths: readonly string[]): Promise<Embedded>;
}

/** The default model as a desk has it, its weights in `folder`. */
export async function openOurs(folder: string): Promise<OurSide> {
  const path = join(folder, 'pretrained.safetensors');
  const written = await writePretrained({ path, recipe: pretrainedRecipe });
  if (written === null) throw new Error('The face models are not installed: npm run likeness -- setup');
  const embedder = { kind: 'checkpoint', path, recipe: pretrainedRecipe, ...written } as const;
  return { embed: (paths) => embedPhotos(paths, embedder) };
}

const work = { report: () => undefined, signal: new AbortController().signal };

/** As `likeness embed` asks the engine: so many pictures at a time, and nothing kept. */
async function embedPhotos(paths: readonly string[], embedder: EmbedRequest['embedder']): Promise<Embedded> {
  const begun = performance.now();
  const embeddings: (Float32Array | null)[] = [];
  for (let first = 0; first < paths.length; first += picturesPerCall) {
    const images = paths.slice(first, first + picturesPerCall).map((path) => ({ kind: 'file', path }) as const);
    const { vectors, size, samples } = await embed({ embedder, images, several: 'largest', cache: null }, work);
    const rows = new Map(samples.map(({ image }, row) => [image, row]));
    embeddings.push(...images.map((_, image) => (rows.has(image) ? vectors.slice(rows.get(image)! * size, (rows.get(image)! + 1) * size) : null)));
  }
  return { seconds: (performance.now() - begun) / 1000, embeddings };
}
