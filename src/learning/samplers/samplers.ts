import type { Sampler } from '../../contract/recipe/training.ts';
import type { BatchSampler, SamplerInput } from './batch-sampler.ts';
import { classBalanced } from './class-balanced.ts';
import { hierarchical } from './hierarchical.ts';
import { mPerClass } from './m-per-class.ts';
import { mixDatasets } from './mixed.ts';
import type { MixedInput } from './mixed.ts';
import { nPair } from './n-pair.ts';
import { random } from './random.ts';
import { twoBranch } from './two-branch.ts';

/**
 * The sampler of a recipe over a training set, of one dataset or several.
 *
 * @throws Error when the set is empty, lacks the recipe's column, or has more datasets than a batch can hold.
 */
export function createSampler(sampler: Sampler, input: SamplerInput | MixedInput): BatchSampler {
  if (input.labels.length === 0) throw new Error('There are no training samples to draw batches from.');
  const isMixed = 'datasets' in input && new Set(Array.from(input.datasets)).size > 1;
  return isMixed ? mixDatasets(sampler, input, samplerOfOne) : samplerOfOne(sampler, input);
}

function samplerOfOne(sampler: Sampler, input: SamplerInput): BatchSampler {
  switch (sampler.name) {
    case 'm-per-class': return mPerClass(input, sampler);
    case 'n-pair': return nPair(input, sampler);
    case 'random': return random(input, sampler);
    case 'class-balanced': return classBalanced(input, sampler);
    case 'hierarchical': return hierarchical(input, sampler);
    case 'two-branch': return twoBranch(input, sampler);
  }
}
