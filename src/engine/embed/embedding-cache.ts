import { createHash } from 'node:crypto';
import type { EmbeddedSample, EmbedRequest } from '../../contract/engine-port.ts';
import { openContentCache } from '../pipeline/content-cache.ts';
import { CENTRE_VERSION } from '../pipeline/load-samples.ts';
import { bytesOf, decodeParts, encodeParts } from '../pipeline/parts-file.ts';
import type { TakePart } from '../pipeline/parts-file.ts';
import { openPipeline } from '../pipeline/pipeline.ts';

/** A sample of a picture with its unit-length embedding. */
export interface EmbeddedContent extends Omit<EmbeddedSample, 'image'> {
  vector: Float32Array;
}

/** What the cache gives of a picture. */
export interface KeptPicture {
  kept: EmbeddedContent[];
}

/** The embeddings of pictures by what they hold (SHA-256), for one model, pipeline and choice among several samples. */
export interface EmbeddingCache {
  get: (contentHash: string) => Promise<KeptPicture | null>;
  put: (contentHash: string, samples: readonly EmbeddedContent[]) => Promise<void>;
}

/** Null where nothing is kept: the request names no folder, or a baseline, which has no weights to name it by. */
export async function openEmbeddingCache({ embedder, several, cache }: Pick<EmbedRequest, 'embedder' | 'several' | 'cache'>): Promise<EmbeddingCache | null> {
  if (cache === null || !cache.embeddings || embedder.kind !== 'checkpoint') return null;
  const { input, backbone } = embedder.recipe;
  const pipeline = input.pipeline === 'none' ? CENTRE_VERSION : (await openPipeline(input.pipeline)).version;
  const how = createHash('sha256').update(JSON.stringify([embedder.weightsHash, input, backbone, pipeline, several])).digest('hex').slice(0, 32);
  const files = openContentCache(cache.folder);
  const nameOf = (contentHash: string): string => `${contentHash}-${how}.vectors`;
  return {
    get: async (contentHash) => {
      const file = await files.get(nameOf(contentHash));
      return file && decodeParts(file, toPicture);
    },
    put: (contentHash, samples) => files.put(nameOf(contentHash), encodeParts(samples.map(({ vector, ...sample }) => ({ ...sample, bytes: vector.byteLength })), samples.map(({ vector }) => bytesOf(vector)))),
  };
}

type SampleHeader = Omit<EmbeddedContent, 'vector'> & { bytes: number };

function toPicture(headers: SampleHeader[], take: TakePart): KeptPicture {
  return { kept: headers.map(({ bytes, ...sample }) => ({ ...sample, vector: new Float32Array(take(bytes).buffer) })) };
}
