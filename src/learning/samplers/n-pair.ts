import type { BatchSampler, SamplerInput } from './batch-sampler.ts';
import { mPerClass } from './m-per-class.ts';

/** N classes, an anchor and a positive of each, next to each other (Sohn, NIPS 2016, section 3.2). */
export function nPair(input: SamplerInput, { classesPerBatch }: { classesPerBatch: number }): BatchSampler {
  return mPerClass(input, { classesPerBatch, samplesPerClass: 2 });
}
