import type { BatchSampler, SamplerInput } from './batch-sampler.ts';
import { filledUpAt, handAt, roundAt } from './chunks.ts';
import { samplesByClass } from './classes.ts';
import { samplesOf } from './m-per-class.ts';

export interface TwoBranch {
  column: string;
  classesPerBatch: number;
  samplesPerBranch: number;
}

/** The samples of one class from one branch. */
interface Branch {
  samples: Int32Array;
  key: string;
}

/**
 * Two branches of every class of a batch, such as the contactless and the contact sensor of a finger, m samples of each side by side.
 * With one sample a branch every positive of the batch is across the branches, so the embedding is trained for that comparison and no
 * other; negatives are of both kinds. A class of more than two branches deals them in turn. A class of one branch has no such
 * positive and is left out.
 */
export function twoBranch(input: SamplerInput, { column, classesPerBatch, samplesPerBranch }: TwoBranch): BatchSampler {
  const classes = classesOfBranches(input, column);
  const { seed } = input;
  const deal = { seed, stream: 'classes', count: classes.length, size: Math.min(classesPerBatch, classes.length) };
  const batchSize = deal.size * 2 * samplesPerBranch;
  return {
    batchSize,
    batchesPerEpoch: Math.max(1, Math.ceil(classes.flat().reduce((sum, { samples }) => sum + samples.length, 0) / batchSize)),
    batch(number) {
      const hand = [...handAt(deal, number)];
      const extraFrom = hand.length - filledUpAt(deal, number);
      const turn = roundAt(deal, number);
      return Int32Array.from(hand.flatMap((index, position) => {
        const branches = classes[index]!;
        const isExtra = position >= extraFrom;
        const pair = { seed, stream: `${isExtra ? 'extra' : 'branches'}/${index}`, count: branches.length, size: 2 };
        const chosen = [...handAt(pair, turn)].map((branch) => branches[branch]!);
        return [...samplesOf(chosen, { seed, turn, extra: isExtra ? chosen.length : 0, samplesPerClass: samplesPerBranch })];
      }));
    },
  };
}

/** @throws Error when a sample has no value in the column, or no class has samples of two values. */
function classesOfBranches({ labels, metadata }: SamplerInput, column: string): Branch[][] {
  const classes = samplesByClass(labels).map((samples, label) => {
    const byValue = Map.groupBy(samples, (sample) => {
      const value = metadata[sample]?.[column];
      if (value === undefined || value === '') throw new Error(`Two-branch training parts samples by the column "${column}", but sample ${sample} has no value in it.`);
      return value;
    });
    return [...byValue.entries()].sort(([one], [other]) => (one < other ? -1 : 1)).map(([value, rows]) => ({ samples: Int32Array.from(rows), key: `${label}/${value}` }));
  });
  const across = classes.filter((branches) => branches.length > 1);
  if (across.length === 0) throw new Error(`Two-branch training needs subjects with pictures of two values of the column "${column}", and there is none.`);
  return across;
}
