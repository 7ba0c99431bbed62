import type { Mixing, Sampler } from '../../contract/recipe/training.ts';
import { randomStream } from '../random.ts';
import type { BatchSampler, SamplerInput } from './batch-sampler.ts';
import { samplesByClass } from './classes.ts';

/** A training set of several datasets. A class belongs to one of them. */
export interface MixedInput extends SamplerInput {
  /** Dataset of each sample. */
  datasets: ArrayLike<number>;
  mixing: Mixing;
}

/**
 * A sampler of its own for each dataset, and every batch made of a part from each. The parts have the same size in every batch:
 * in proportion to what each dataset has (classes; samples for random batches), or all equal, and never less than one. Each part
 * deals by itself, so all that a sampler promises holds in each dataset.
 *
 * @param create makes a sampler for one dataset.
 * @throws Error when a batch is too small to hold all of them.
 */
export function mixDatasets(sampler: Sampler, input: MixedInput, create: (sampler: Sampler, input: SamplerInput) => BatchSampler): BatchSampler {
  const members = rowsByDataset(input.datasets);
  const sizes = members.map((rows) => sizeOf(sampler, rows.map((row) => input.labels[row]!)));
  const shares = partsOf(sampler, input.mixing === 'equal' ? sizes.map(() => 1) : sizes);
  const parts = members.map((rows, dataset) => {
    const labels = rows.map((row) => input.labels[row]!);
    const metadata = Array.from(rows, (row) => input.metadata[row]!);
    const seed = randomStream(input.seed, 'dataset', dataset).uint32();
    return { rows, sampler: create(shares[dataset]!, { labels, metadata, seed }) };
  });
  const batchSize = parts.reduce((sum, part) => sum + part.sampler.batchSize, 0);
  return {
    batchSize,
    batchesPerEpoch: Math.max(1, Math.ceil(input.labels.length / batchSize)),
    batch: (number) => Int32Array.from(parts.flatMap((part) => [...part.sampler.batch(number)].map((index) => part.rows[index]!))),
  };
}

/** Row numbers of each dataset that has any, in the order of the datasets. */
const rowsByDataset = (datasets: ArrayLike<number>): Int32Array[] => samplesByClass(datasets);

function sizeOf({ name }: Sampler, labels: Int32Array): number {
  return name === 'random' ? labels.length : new Set(labels).size;
}

/** The sampler of each dataset: the same one, for its part of the batch. */
function partsOf(sampler: Sampler, weights: readonly number[]): Sampler[] {
  switch (sampler.name) {
    case 'm-per-class':
    case 'two-branch':
    case 'n-pair': return shareOut(sampler.classesPerBatch, weights, 'classes').map((classesPerBatch) => ({ ...sampler, classesPerBatch }));
    case 'random':
    case 'class-balanced': return shareOut(sampler.batchSize, weights, 'samples').map((batchSize) => ({ ...sampler, batchSize }));
    case 'hierarchical': {
      const groups = shareOut(Math.max(sampler.superClassesPerBatch, weights.length), weights, 'super-classes');
      return shareOut(sampler.classesPerBatch, weights, 'classes')
        .map((classesPerBatch, dataset) => ({ ...sampler, classesPerBatch, superClassesPerBatch: groups[dataset]! }));
    }
  }
}

/** `total` in whole parts, at least one each, every next one to whoever is furthest behind its weight. */
export function shareOut(total: number, weights: readonly number[], what: string): number[] {
  if (total < weights.length) throw new Error(`A batch of ${total} ${what} cannot hold all ${weights.length} datasets. Make the batch larger.`);
  const sum = weights.reduce((all, weight) => all + weight, 0);
  const given = weights.map(() => 1);
  for (let left = total - weights.length; left > 0; left--) {
    const behind = weights.map((weight, index) => (total * weight) / sum - given[index]!);
    given[behind.indexOf(Math.max(...behind))]!++;
  }
  return given;
}
