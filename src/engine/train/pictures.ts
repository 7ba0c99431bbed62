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
  caches?: readonly string[];
  memoryLimitBytes?: number;
}

/** So many pictures are asked for at once; between them a run can be cancelled. */
const TOGETHER = 64;

/** Reads every picture once and keeps as many as fit the memory limit; the others are read again whenever they are needed. */
export async function openPictures(samples: TrainingSample[], options: PictureOptions): Promise<Pictures> {
  const { input, signal, memoryLimitBytes = MEMORY_LIMIT_BYTES } = options;
  const capacity = Math.floor(memoryLimitBytes / (input.width * input.height * input.channels));
  const usable: { sample: TrainingSample; place: number; pixels: Uint8Array | null }[] = [];
  const failures: Pictures['failures'] = [];
  for (let from = 0; from < samples.length && !signal.aborted; from += TOGETHER) {
    const loaded = await load(samples.slice(from, from + TOGETHER), options);
    for (const [index, one] of loaded.entries()) {
      const sample = samples[from + index]!;
      if ('reason' in one) failures.push({ path: sample.path, reason: one.reason });
      else usable.push({ sample, place: from + index, pixels: usable.length < capacity ? one.pixels : null });
    }
  }
  const get = async (rows: ArrayLike<number>): Promise<Uint8Array[]> => {
    const wanted = Array.from(rows, (row) => usable[row]!);
    const again = await loadAgain(wanted.filter(({ pixels }) => pixels === null).map(({ sample }) => sample), options);
    return wanted.map(({ pixels }) => pixels ?? again.shift()!);
  };
  return { samples: usable.map(({ sample }) => sample), places: Int32Array.from(usable, ({ place }) => place), failures, get };
}

/** A picture of a dataset is labelled with one person: of several faces the largest is taken to be that. */
async function load(samples: readonly TrainingSample[], { input, caches = [] }: PictureOptions): Promise<({ pixels: Uint8Array } | { reason: string })[]> {
  const results = new Array<{ pixels: Uint8Array } | { reason: string }>(samples.length);
  for (const dataset of new Set(samples.map((sample) => sample.dataset ?? 0))) {
    const rows = [...samples.keys()].filter((row) => (samples[row]!.dataset ?? 0) === dataset);
    const sources = rows.map((row) => ({ kind: 'file', path: samples[row]!.path }) as const);
    const loaded = await loadSamples(sources, { input, several: 'largest', cache: caches[dataset] ?? null });
    for (const [index, row] of rows.entries()) {
      const one = loaded[index]!;
      results[row] = 'reason' in one ? one : { pixels: one.samples[0]!.pixels };
    }
  }
  return results;
}

async function loadAgain(samples: readonly TrainingSample[], options: PictureOptions): Promise<Uint8Array[]> {
  const loaded = await load(samples, options);
  return loaded.map((one, index) => {
    if ('pixels' in one) return one.pixels;
    throw new RequestError('bad-image', `${samples[index]!.path} could be read when the run began, but not any more: ${one.reason}. Put it back and resume the run.`);
  });
}
