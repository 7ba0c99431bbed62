import { availableParallelism } from 'node:os';
import type { TrainingSample } from '../../contract/engine-port.ts';
import type { NetworkInput } from '../../contract/recipe/network.ts';
import { RequestError } from '../../contract/request-error.ts';
import { inParallel } from '../images/in-parallel.ts';
import { UnreadableImage } from '../images/open-image.ts';
import { loadSamples } from '../pipeline/load-samples.ts';

const MEMORY_LIMIT_BYTES = 2 * 2 ** 30;

/** The decoded pictures of a run, each [height, width, channels] bytes, by the index of its sample. */
export interface Pictures {
  /** Samples whose picture can be read, in the order given; the others are in `failures`. */
  samples: TrainingSample[];
  /** Where each of them stood in the order given. */
  places: Int32Array;
  failures: { path: string; reason: string }[];
  /** The pictures of these rows of `samples`. */
  get(rows: ArrayLike<number>): Promise<Uint8Array[]>;
}

export interface PictureOptions {
  input: NetworkInput;
  signal: AbortSignal;
  /** As `TrainRequest.caches`. */
  caches?: readonly string[];
  memoryLimitBytes?: number;
}

/** Reads every picture once and keeps as many as fit the memory limit; the others are read again whenever they are needed. */
export async function openPictures(samples: TrainingSample[], options: PictureOptions): Promise<Pictures> {
  const { input, signal, caches = [], memoryLimitBytes = MEMORY_LIMIT_BYTES } = options;
  const load = (sample: TrainingSample): Promise<Uint8Array> => loadOne(sample, { input, cache: caches[sample.dataset ?? 0] ?? null });
  const capacity = Math.floor(memoryLimitBytes / (input.width * input.height * input.channels));
  const loaded = await inParallel(samples, availableParallelism(), async (sample, index) => {
    if (signal.aborted) return { failure: 'stopped' };
    try {
      const pixels = await load(sample);
      return { pixels: index < capacity ? pixels : null };
    } catch (error) {
      if (error instanceof UnreadableImage) return { failure: error.message };
      throw error;
    }
  });
  const readable = samples.map((sample, place) => ({ sample, place, ...loaded[place]! }));
  const usable = readable.filter((one) => !('failure' in one));
  const failures = readable.flatMap((one) => ('failure' in one ? [{ path: one.sample.path, reason: String(one.failure) }] : []));
  const get = (rows: ArrayLike<number>): Promise<Uint8Array[]> =>
    Promise.all(Array.from(rows, async (row) => usable[row]!.pixels ?? readAgain(usable[row]!.sample, load)));
  return { samples: usable.map(({ sample }) => sample), places: Int32Array.from(usable, ({ place }) => place), failures, get };
}

/** A picture of a dataset is labelled with one person: of several faces the largest is taken to be that. */
async function loadOne({ path }: TrainingSample, { input, cache }: { input: NetworkInput; cache: string | null }): Promise<Uint8Array> {
  const [sample] = await loadSamples({ kind: 'file', path }, { input, several: 'largest', cache });
  return sample!.pixels;
}

async function readAgain(sample: TrainingSample, load: (sample: TrainingSample) => Promise<Uint8Array>): Promise<Uint8Array> {
  try {
    return await load(sample);
  } catch (error) {
    if (!(error instanceof UnreadableImage)) throw error;
    throw new RequestError('bad-image', `${sample.path} could be read when the run began, but not any more: ${error.message}. Put it back and resume the run.`);
  }
}
