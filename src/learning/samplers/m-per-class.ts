import type { BatchSampler, SamplerInput } from './batch-sampler.ts';
import { filledUpAt, handAt, roundAt } from './chunks.ts';
import type { Deal } from './chunks.ts';
import { samplesByClass } from './classes.ts';

export interface PerClass {
  classesPerBatch: number;
  samplesPerClass: number;
}

/**
 * m samples of each of k classes, as batch-hard mining wants them (Hermans, Beyer and Leibe 2017). Every class comes up once in
 * a round and deals its samples in turn, so all of them are seen; a class with fewer than m samples repeats them, and a set
 * with fewer than k classes gives batches of all its classes.
 */
export function mPerClass(input: SamplerInput, { classesPerBatch, samplesPerClass }: PerClass): BatchSampler {
  const classes = samplesByClass(input.labels);
  const size = Math.min(classesPerBatch, classes.length);
  const deal: Deal = { seed: input.seed, stream: 'classes', count: classes.length, size };
  const batchSize = size * samplesPerClass;
  return {
    batchSize,
    batchesPerEpoch: Math.max(1, Math.ceil(input.labels.length / batchSize)),
    batch(number) {
      const chosen = [...handAt(deal, number)].map((index) => ({ samples: classes[index]!, key: index }));
      const turns = { turn: roundAt(deal, number), extra: filledUpAt(deal, number) };
      return samplesOf(chosen, { ...turns, seed: input.seed, samplesPerClass });
    },
  };
}

interface Turn {
  seed: number;
  turn: number;
  /** The last so many classes fill a hand up: they deal from a stream of their own, so that no turn of the main one is lost. */
  extra: number;
  samplesPerClass: number;
}

/** m rows of each chosen class, class after class. */
export function samplesOf(chosen: readonly { samples: Int32Array; key: number | string }[], options: Turn): Int32Array {
  const { seed, turn, extra, samplesPerClass } = options;
  const rows = chosen.map(({ samples, key }, position) => {
    const stream = `${position >= chosen.length - extra ? 'extra' : 'samples'}/${key}`;
    return handAt({ seed, stream, count: samples.length, size: samplesPerClass }, turn).map((index) => samples[index]!);
  });
  return Int32Array.from(rows.flatMap((row) => [...row]));
}
