import type { EmbeddedSample, ImageSource } from '../../contract/engine-port.ts';
import type { NetworkInput } from '../../contract/recipe/network.ts';
import type { SeveralChoice } from '../../contract/vocabulary.ts';
import { readPhoto } from '../face/photo.ts';
import { loadPixels } from '../images/load-pixels.ts';
import { readImageBytes } from '../images/open-image.ts';
import { chooseSamples } from './choose-samples.ts';
import { cropKey, openCropCache } from './crop-cache.ts';
import type { CropCache } from './crop-cache.ts';
import { fitCrop } from './fit-crop.ts';
import { openPipeline } from './pipeline.ts';
import type { Pipeline, PipelineSample } from './pipeline.ts';

/** A sample as a network sees it: [height, width, channels] bytes, row-major. */
export interface LoadedSample extends Omit<EmbeddedSample, 'image'> {
  pixels: Uint8Array;
}

export interface LoadOptions {
  input: Omit<NetworkInput, 'mirror'>;
  several: SeveralChoice;
  /** Folder in which crops are kept by content; null keeps nothing. */
  cache: string | null;
}

/**
 * From a picture to what a network sees: the one place through which everything that embeds, trains, evaluates, enrols or matches
 * loads its pixels.
 *
 * @throws UnreadableImage with the end of a sentence: it cannot be read, nothing was found, or several where one is required.
 * @throws RequestError('no-model') when the pipeline needs networks that are not installed.
 */
export async function loadSamples(source: ImageSource, { input, several, cache }: LoadOptions): Promise<LoadedSample[]> {
  if (input.pipeline === 'none') return [{ label: 'picture', measures: {}, quality: null, seen: 1, pixels: await loadPixels(source, input) }];
  const pipeline = await openPipeline(input.pipeline);
  const found = cache === null ? await pipeline.find(await readPhoto(source)) : await findOnce(source, pipeline, openCropCache(cache));
  return Promise.all(chooseSamples(found, several, pipeline).map(async ({ crop, ...sample }) => ({ ...sample, seen: found.length, pixels: await fitCrop(crop, input) })));
}

async function findOnce(source: ImageSource, pipeline: Pipeline, cache: CropCache): Promise<PipelineSample[]> {
  const { bytes, name } = await readImageBytes(source);
  const image = { kind: 'bytes', bytes, name } as const;
  const key = cropKey(image, pipeline.version);
  const kept = await cache.get(key);
  if (kept !== null) return kept;
  const found = await pipeline.find(await readPhoto(image));
  await cache.put(key, found);
  return found;
}
