import type { TrainingSample } from '../../contract/engine-port.ts';
import type { NetworkInput } from '../../contract/recipe/network.ts';
import { RequestError } from '../../contract/request-error.ts';
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
  caches?: readonly (string | null)[];
  memoryLimitBytes?: number;
}

/** Reads every picture once and keeps as many as fit the memory limit; the others are read again whenever they are needed. */
export async function openPictures(samples: TrainingSample[], options: PictureOptions): Promise<Pictures> {
  const { input, signal, memoryLimitBytes = MEMORY_LIMIT_BYTES } = options;
  const capacity = Math.floor(memoryLimitBytes / (input.width * input.height * input.channels));
  const usable: { sample: TrainingSample; place: number; pixels: Uint8Array | null }[] = [];
  const failures: Pictures['failures'] = [];
  let place = 0;
  for await (const one of load(samples, options)) {
    // Between pictures a run can be cancelled.
    if (signal.aborted) break;
    const sample = samples[place]!;
    if ('reason' in one) failures.push({ path: sample.path, reason: one.reason });
    else usable.push({ sample, place, pixels: usable.length < capacity ? one.pixels : null });
    place++;
  }
  const get = async (rows: ArrayLike<number>): Promise<Uint8Array[]> => {
    const wanted = Array.from(rows, (row) => usable[row]!);
    const again = await loadAgain(wanted.filter(({ pixels }) => pixels === null).map(({ sample }) => sample), options);
    return wanted.map(({ pixels }) => pixels ?? again.shift()!);
  };
  return { samples: usable.map(({ sample }) => sample), places: Int32Array.from(usable, (one) => one.place), failures, get };
}

/** A picture of a dataset is labelled with one person: of several faces the largest is taken to be that. */
async function* load(samples: readonly TrainingSample[], { input, caches = [] }: PictureOptions): AsyncGenerator<{ pixels: Uint8Array } | { reason: string }, void> {
  const sources = samples.map(({ path }) => ({ kind: 'file', path }) as const);
  const cacheOf = (place: number): string | null => caches[samples[place]!.dataset ?? 0] ?? null;
  for await (const batch of loadSamples(sources, { input, several: 'largest', cacheOf })) {
    for (const one of batch) yield 'reason' in one ? one : { pixels: one.samples[0]!.pixels };
  }
}

async function loadAgain(samples: readonly TrainingSample[], options: PictureOptions): Promise<Uint8Array[]> {
  const pixels: Uint8Array[] = [];
  for await (const one of load(samples, options)) {
    if ('reason' in one) throw new RequestError('bad-image', `${samples[pixels.length]!.path} could be read when the run began, but not any more: ${one.reason}. Put it back and resume the run.`);
    pixels.push(one.pixels);
  }
  return pixels;
}
