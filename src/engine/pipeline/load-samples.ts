import { availableParallelism } from 'node:os';
import type { EmbeddedSample, ImageSource } from '../../contract/engine-port.ts';
import type { NetworkInput } from '../../contract/recipe/network.ts';
import type { SeveralChoice } from '../../contract/vocabulary.ts';
import { loadPixels } from '../images/load-pixels.ts';
import { UnreadableImage } from '../images/open-image.ts';
import { readAhead } from '../images/read-ahead.ts';
import { chooseSamples } from './choose-samples.ts';
import { findSamples } from './find-samples.ts';
import type { FindOptions, Found } from './find-samples.ts';
import { fitCrop } from './fit-crop.ts';
import { openPipeline } from './pipeline.ts';
import type { Pipeline, PipelineSample } from './pipeline.ts';
import { readContent } from './read-content.ts';

/** A sample as a network sees it: [height, width, channels] bytes, row-major. */
export interface LoadedSample extends Omit<EmbeddedSample, 'image'> {
  pixels: Uint8Array;
  /** The pipeline's own embedding of these very pixels, where it has one. */
  embedding: PipelineSample['embedding'];
}

/** What a picture gave, at least one sample; or why it gave none, as the end of a sentence. */
export type Loaded = ({ samples: LoadedSample[] } | { reason: string }) & Pick<Found, 'contentHash'>;

export interface LoadOptions<Known = never> extends FindOptions<Known> {
  input: Omit<NetworkInput, 'mirror'>;
  several: SeveralChoice;
}

/** What the centre of a picture is; raise it when it changes. */
export const CENTRE_VERSION = 'centre-1';
/** So many centres are handed on together. */
const TOGETHER = 32;

/**
 * From pictures to what a network sees: the one place through which everything that embeds, trains, evaluates, enrols or matches
 * loads its pixels, in batches in the order of the pictures. A picture that cannot be read, shows nothing, or shows several where one is
 * required costs itself only. The next batch is read on all cores while whoever asked works on one.
 *
 * @throws RequestError('no-model') when the pipeline needs networks that are not installed.
 */
export async function* loadSamples<Known = never>(sources: readonly ImageSource[], options: LoadOptions<Known>): AsyncGenerator<(Loaded | Known)[], void> {
  const { input, recall } = options;
  if (input.pipeline === 'none') {
    const centres = readAhead(sources, (source) => loadCentre(source, { input, recall }), { readers: availableParallelism(), together: TOGETHER });
    for await (const centre of centres) yield centre.map((one) => ('known' in one ? one.known : one));
    return;
  }
  const pipeline = await openPipeline(input.pipeline);
  for await (const found of findSamples(sources, pipeline, options)) {
    yield await Promise.all(found.map((one) => ('known' in one ? one.known : fitFound(one, pipeline, options))));
  }
}

async function loadCentre<Known>(source: ImageSource, { input, recall }: Pick<LoadOptions<Known>, 'input' | 'recall'>): Promise<Loaded | { known: Known }> {
  try {
    const content = await readContent(source, { isNamed: false, recall });
    if ('known' in content) return content;
    const pixels = await loadPixels(content.source, input);
    return { contentHash: content.contentHash, samples: [{ label: 'picture', measures: {}, quality: null, seen: 1, embedding: null, pixels }] };
  } catch (error) {
    return reasonOf(error, null);
  }
}

async function fitFound(found: Found, pipeline: Pipeline, options: Pick<LoadOptions, 'input' | 'several'>): Promise<Loaded> {
  if ('reason' in found) return found;
  try {
    return { samples: await fitChosen(found.samples, pipeline, options), contentHash: found.contentHash };
  } catch (error) {
    return reasonOf(error, found.contentHash);
  }
}

function fitChosen(found: readonly PipelineSample[], pipeline: Pipeline, { input, several }: Pick<LoadOptions, 'input' | 'several'>): Promise<LoadedSample[]> {
  const chosen = chooseSamples(found, several, pipeline);
  return Promise.all(chosen.map(async ({ crop, embedding, ...sample }) => {
    const pixels = await fitCrop(crop, input);
    return { ...sample, seen: found.length, pixels, embedding: pixels === crop.pixels ? embedding : null };
  }));
}

/** @throws what is not about the picture. */
function reasonOf(error: unknown, contentHash: string | null): { reason: string; contentHash: string | null } {
  if (error instanceof UnreadableImage) return { reason: error.message, contentHash };
  throw error;
}
