import type { Sampler } from '../../contract/recipe/training.ts';
import type { BatchSampler, SamplerInput } from './batch-sampler.ts';
import { classBalanced } from './class-balanced.ts';
import { hierarchical } from './hierarchical.ts';
import { mPerClass } from './m-per-class.ts';
import { nPair } from './n-pair.ts';
import { random } from './random.ts';

/** The sampler of a recipe over a training set. @throws Error when the set is empty or lacks the recipe's column. */
export function createSampler(sampler: Sampler, input: SamplerInput): BatchSampler {
  if (input.labels.length === 0) throw new Error('There are no training samples to draw batches from.');
  switch (sampler.name) {
    case 'm-per-class': return mPerClass(input, sampler);
    case 'n-pair': return nPair(input, sampler);
    case 'random': return random(input, sampler);
    case 'class-balanced': return classBalanced(input, sampler);
    case 'hierarchical': return hierarchical(input, sampler);
  }
}
