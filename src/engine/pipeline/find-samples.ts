import { availableParallelism } from 'node:os';
import type { ImageSource } from '../../contract/engine-port.ts';
import { readPhoto } from '../face/photo.ts';
import type { Photo } from '../face/photo.ts';
import { UnreadableImage } from '../images/open-image.ts';
import { readAhead } from '../images/read-ahead.ts';
import { takeTurns } from '../process/take-turns.ts';
import { cropKey, openCropCache } from './crop-cache.ts';
import type { Pipeline, PipelineSample } from './pipeline.ts';
import { readContent } from './read-content.ts';

/** Every sample that the pipeline sees in a picture (perhaps none), or why it cannot be looked at. */
export type Found = ({ samples: PipelineSample[] } | { reason: string }) & {
  /** SHA-256 of the picture's bytes, where anything is kept by it. */
  contentHash: string | null;
};

export interface FindOptions<Known = never> {
  /** Folder in which the crops of the picture at this place are kept by content; null keeps nothing. */
  cacheOf: (place: number) => string | null;
  /** What is known already of a picture with this content, and is given in the place of its samples. */
  recall?: ((contentHash: string) => Promise<Known | null>) | undefined;
}

/** So many photos are looked at together: faster than one by one. A batch is at most 200 MB of pixels, and the next one is read meanwhile. */
const TOGETHER = 16;

/** Looks at every picture once, in batches in their order; one with crops in the cache is not even decoded. */
export async function* findSamples<Known = never>(sources: readonly ImageSource[], pipeline: Pipeline, options: FindOptions<Known>): AsyncGenerator<(Found | { known: Known })[], void> {
  const read = (source: ImageSource, place: number): Promise<Opened<Known>> => open(source, pipeline, { cache: options.cacheOf(place), recall: options.recall });
  for await (const opened of readAhead(sources, read, { readers: availableParallelism(), together: TOGETHER })) {
    yield await look(opened, pipeline);
    await takeTurns();
  }
}

interface Fresh {
  photo: Photo;
  contentHash: string | null;
  /** Where its crops are to be kept. */
  cache: string | null;
}

type Opened<Known> = Found | { known: Known } | Fresh;

async function open<Known>(source: ImageSource, { version }: Pipeline, { cache, recall }: { cache: string | null } & Pick<FindOptions<Known>, 'recall'>): Promise<Opened<Known>> {
  try {
    const content = await readContent(source, { isNamed: cache !== null, recall });
    if ('known' in content) return content;
    const { contentHash } = content;
    const samples = cache === null ? null : await openCropCache(cache).get(cropKey(contentHash!, version));
    return samples === null ? { photo: await readPhoto(content.source), contentHash, cache } : { samples, contentHash };
  } catch (error) {
    if (error instanceof UnreadableImage) return { reason: error.message, contentHash: null };
    throw error;
  }
}

async function look<Known>(opened: readonly Opened<Known>[], pipeline: Pipeline): Promise<(Found | { known: Known })[]> {
  const fresh = opened.filter((one): one is Fresh => 'photo' in one);
  const seen = fresh.length === 0 ? [] : await pipeline.find(fresh.map(({ photo }) => photo));
  await Promise.all(fresh.map(({ cache, contentHash }, index) => (cache === null ? undefined : openCropCache(cache).put(cropKey(contentHash!, pipeline.version), seen[index]!))));
  let at = 0;
  return opened.map((one) => ('photo' in one ? { samples: seen[at++]!, contentHash: one.contentHash } : one));
}
