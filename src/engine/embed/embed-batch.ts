import type { Loaded, LoadedSample } from '../pipeline/load-samples.ts';
import type { EmbeddedContent, KeptPicture } from './embedding-cache.ts';
import type { Embedder } from './open-embedder.ts';

/** What became of a picture; of several samples some may have an embedding and others a reason why not. */
export interface EmbeddedPicture {
  samples: EmbeddedContent[];
  reasons: string[];
  /** Under which its samples may be kept; null for what is kept already, has no name, or is not whole. */
  contentHash: string | null;
}

/** Embeds what nobody has embedded before; the network sees all of it at once. */
export async function embedBatch(embedder: Embedder, batch: readonly (Loaded | KeptPicture)[]): Promise<EmbeddedPicture[]> {
  const unknown = batch.flatMap((one) => ('samples' in one ? one.samples.filter((sample) => !isEmbedded(sample, embedder)) : []));
  const vectors = unknown.length === 0 ? new Float32Array() : await embedder.embed(unknown.map(({ pixels }) => pixels));
  const vectorOf = new Map(unknown.map((sample, row) => [sample, vectors.slice(row * embedder.size, (row + 1) * embedder.size)]));
  return batch.map((one) => {
    if ('kept' in one) return { samples: one.kept, reasons: [], contentHash: null };
    if ('reason' in one) return { samples: [], reasons: [one.reason], contentHash: null };
    return toPicture(one.samples.map((sample) => ({ sample, vector: vectorOf.get(sample) ?? sample.embedding!.vector })), one.contentHash);
  });
}

/** By the pipeline, which had to for its quality. */
function isEmbedded({ embedding }: LoadedSample, { graphHash }: Embedder): boolean {
  return embedding !== null && embedding.graphHash === graphHash;
}

function toPicture(rows: readonly { sample: LoadedSample; vector: Float32Array }[], contentHash: string | null): EmbeddedPicture {
  const samples: EmbeddedContent[] = [];
  const reasons: string[] = [];
  for (const { sample, vector } of rows) {
    const { label, measures, quality, seen } = sample;
    if (normalise(vector)) samples.push({ label, measures, quality, seen, vector });
    else reasons.push('its embedding has no direction (a blank picture, or a network that has collapsed)');
  }
  return { samples, reasons, contentHash: reasons.length === 0 ? contentHash : null };
}

/** Scales to unit length in place; false when there is no direction to keep. */
function normalise(vector: Float32Array): boolean {
  let square = 0;
  for (const value of vector) square += value * value;
  const length = Math.sqrt(square);
  if (!(length > 0 && length < Infinity)) return false;
  for (let index = 0; index < vector.length; index++) vector[index]! /= length;
  return true;
}
