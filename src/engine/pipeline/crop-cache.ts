import { openContentCache } from './content-cache.ts';
import { bytesOf, decodeParts, encodeParts } from './parts-file.ts';
import type { TakePart } from './parts-file.ts';
import type { PipelineSample } from './pipeline.ts';

/** The samples of pictures, kept in a folder by what the pictures hold. */
export interface CropCache {
  get: (key: string) => Promise<PipelineSample[] | null>;
  put: (key: string, samples: readonly PipelineSample[]) => Promise<void>;
}

/** Names what a pipeline of this version sees in a picture with this content. */
export const cropKey = (contentHash: string, version: string): string => `${contentHash}-${version}`;

export function openCropCache(folder: string, limitBytes?: number): CropCache {
  const files = openContentCache(folder, limitBytes);
  const nameOf = (key: string): string => `${key}.crops`;
  return {
    get: async (key) => {
      const file = await files.get(nameOf(key));
      return file === null ? null : decodeParts(file, toSamples);
    },
    put: (key, samples) => files.put(nameOf(key), encodeParts(samples.map(toHeader), samples.flatMap(partsOf))),
  };
}

interface SampleHeader extends Omit<PipelineSample, 'crop' | 'embedding'> {
  width: number;
  height: number;
  embedding: { graphHash: string; bytes: number } | null;
}

function toHeader({ crop: { width, height }, embedding, ...sample }: PipelineSample): SampleHeader {
  return { ...sample, width, height, embedding: embedding && { graphHash: embedding.graphHash, bytes: embedding.vector.byteLength } };
}

const partsOf = ({ crop, embedding }: PipelineSample): Uint8Array[] => [crop.pixels, ...(embedding ? [bytesOf(embedding.vector)] : [])];

function toSamples(headers: SampleHeader[], take: TakePart): PipelineSample[] {
  return headers.map(({ width, height, embedding, ...sample }) => ({
    ...sample,
    crop: { width, height, pixels: take(width * height * 3) },
    embedding: embedding && { graphHash: embedding.graphHash, vector: new Float32Array(take(embedding.bytes).buffer) },
  }));
}
