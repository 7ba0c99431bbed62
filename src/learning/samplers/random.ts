import type { BatchSampler, SamplerInput } from './batch-sampler.ts';
import { handAt } from './chunks.ts';

/** Samples without regard to their class: all of them once a round, the last batch filled up from the first. */
export function random(input: SamplerInput, options: { batchSize: number }): BatchSampler {
  const count = input.labels.length;
  const batchSize = Math.min(options.batchSize, count);
  const deal = { seed: input.seed, stream: 'samples', count, size: batchSize };
  return { batchSize, batchesPerEpoch: Math.max(1, Math.ceil(count / batchSize)), batch: (number) => handAt(deal, number) };
}
