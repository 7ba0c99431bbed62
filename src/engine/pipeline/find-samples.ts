import { availableParallelism } from 'node:os';
import type { ImageSource } from '../../contract/engine-port.ts';
import { readPhoto } from '../face/photo.ts';
import type { Photo } from '../face/photo.ts';
import { inParallel } from '../images/in-parallel.ts';
import { readImageBytes, UnreadableImage } from '../images/open-image.ts';
import { takeTurns } from '../process/take-turns.ts';
import { cropKey, openCropCache } from './crop-cache.ts';
import type { CropCache } from './crop-cache.ts';
import type { Pipeline, PipelineSample } from './pipeline.ts';

/** Every sample that the pipeline sees in a picture (perhaps none), or why it cannot be looked at. */
export type Found = { samples: PipelineSample[] } | { reason: string };

/** So many photos are looked at together: faster than one by one, and at most 100 MB of pixels. */
const TOGETHER = 8;

/** Looks at every picture once; one with crops in the cache is not even decoded. */
export async function findSamples(sources: readonly ImageSource[], pipeline: Pipeline, cacheFolder: string | null): Promise<Found[]> {
  const cache = cacheFolder === null ? null : openCropCache(cacheFolder);
  const read = (from: number): Promise<Opened[]> => inParallel(sources.slice(from, from + TOGETHER), availableParallelism(), (source) => open(source, pipeline, cache));
  const found: Found[] = [];
  let next = read(0);
  for (let from = 0; from < sources.length; from += TOGETHER) {
    const opened = await next;
    // The next photos are decoded on other threads while the pipeline looks at these.
    next = read(from + TOGETHER);
    next.catch(() => undefined);
    found.push(...(await look(opened, pipeline, cache)));
    await takeTurns();
  }
  return found;
}

type Opened = Found | { photo: Photo; key: string | null };

async function open(source: ImageSource, { version }: Pipeline, cache: CropCache | null): Promise<Opened> {
  try {
    if (cache === null) return { photo: await readPhoto(source), key: null };
    const { bytes, name } = await readImageBytes(source);
    const key = cropKey(bytes, version);
    const samples = await cache.get(key);
    return samples === null ? { photo: await readPhoto({ kind: 'bytes', bytes, name }), key } : { samples };
  } catch (error) {
    if (error instanceof UnreadableImage) return { reason: error.message };
    throw error;
  }
}

async function look(opened: readonly Opened[], pipeline: Pipeline, cache: CropCache | null): Promise<Found[]> {
  const fresh = opened.filter((one) => 'photo' in one);
  const seen = fresh.length === 0 ? [] : await pipeline.find(fresh.map(({ photo }) => photo));
  await Promise.all(fresh.map(({ key }, index) => (key === null ? undefined : cache?.put(key, seen[index]!))));
  return opened.map((one) => ('photo' in one ? { samples: seen[fresh.indexOf(one)]! } : one));
}
