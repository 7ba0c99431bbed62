import { permutation, randomStream } from '../random.ts';
import type { BatchSampler, SamplerInput } from './batch-sampler.ts';
import { handAt } from './chunks.ts';
import { samplesByClass } from './classes.ts';

/** Every class equally often, whatever its size; the samples of a class in turn. A batch may hold a class several times. */
export function classBalanced(input: SamplerInput, { batchSize }: { batchSize: number }): BatchSampler {
  const classes = samplesByClass(input.labels);
  const sampleAt = (position: number): number => {
    const round = Math.floor(position / classes.length);
    const order = orderOf(round);
    const key = order[position % classes.length]!;
    const samples = classes[key]!;
    const [index] = handAt({ seed: input.seed, stream: `samples/${key}`, count: samples.length, size: 1 }, round);
    return samples[index!]!;
  };
  let known: { round: number; order: Int32Array } | null = null;
  const orderOf = (round: number): Int32Array => {
    if (known?.round !== round) known = { round, order: permutation(classes.length, randomStream(input.seed, 'classes', round)) };
    return known.order;
  };
  return {
    batchSize,
    batchesPerEpoch: Math.max(1, Math.ceil(input.labels.length / batchSize)),
    batch: (number) => Int32Array.from({ length: batchSize }, (_, index) => sampleAt(number * batchSize + index)),
  };
}
