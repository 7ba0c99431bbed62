import { availableParallelism } from 'node:os';
import type { EmbeddedSample, ImageSource } from '../../contract/engine-port.ts';
import type { NetworkInput } from '../../contract/recipe/network.ts';
import type { SeveralChoice } from '../../contract/vocabulary.ts';
import { inParallel } from '../images/in-parallel.ts';
import { loadPixels } from '../images/load-pixels.ts';
import { UnreadableImage } from '../images/open-image.ts';
import { chooseSamples } from './choose-samples.ts';
import { findSamples } from './find-samples.ts';
import { fitCrop } from './fit-crop.ts';
import { openPipeline } from './pipeline.ts';
import type { Pipeline, PipelineSample } from './pipeline.ts';

/** A sample as a network sees it: [height, width, channels] bytes, row-major. */
export interface LoadedSample extends Omit<EmbeddedSample, 'image'> {
  pixels: Uint8Array;
}

/** What a picture gave, at least one sample; or why it gave none, as the end of a sentence. */
export type Loaded = { samples: LoadedSample[] } | { reason: string };

export interface LoadOptions {
  input: Omit<NetworkInput, 'mirror'>;
  several: SeveralChoice;
  /** Folder in which crops are kept by content; null keeps nothing. */
  cache: string | null;
}

/**
 * From pictures to what a network sees: the one place through which everything that embeds, trains, evaluates, enrols or matches
 * loads its pixels. A picture that cannot be read, shows nothing, or shows several where one is required costs itself only.
 *
 * @throws RequestError('no-model') when the pipeline needs networks that are not installed.
 */
export async function loadSamples(sources: readonly ImageSource[], { input, several, cache }: LoadOptions): Promise<Loaded[]> {
  if (input.pipeline === 'none') return inParallel(sources, availableParallelism(), (source) => orReason(async () => [await loadCentre(source, input)]));
  const pipeline = await openPipeline(input.pipeline);
  const found = await findSamples(sources, pipeline, cache);
  return inParallel(found, availableParallelism(), (one) =>
    ('reason' in one ? Promise.resolve(one) : orReason(() => fitChosen(one.samples, pipeline, { input, several }))));
}

async function loadCentre(source: ImageSource, input: LoadOptions['input']): Promise<LoadedSample> {
  return { label: 'picture', measures: {}, quality: null, seen: 1, pixels: await loadPixels(source, input) };
}

function fitChosen(found: readonly PipelineSample[], pipeline: Pipeline, { input, several }: Pick<LoadOptions, 'input' | 'several'>): Promise<LoadedSample[]> {
  const chosen = chooseSamples(found, several, pipeline);
  return Promise.all(chosen.map(async ({ crop, ...sample }) => ({ ...sample, seen: found.length, pixels: await fitCrop(crop, input) })));
}

async function orReason(load: () => Promise<LoadedSample[]>): Promise<Loaded> {
  try {
    return { samples: await load() };
  } catch (error) {
    if (error instanceof UnreadableImage) return { reason: error.message };
    throw error;
  }
}
