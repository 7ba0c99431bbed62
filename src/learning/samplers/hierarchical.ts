import type { BatchSampler, SamplerInput } from './batch-sampler.ts';
import { filledUpAt, handAt, roundAt } from './chunks.ts';
import { samplesByClass } from './classes.ts';
import { samplesOf } from './m-per-class.ts';

export interface Hierarchical {
  column: string;
  superClassesPerBatch: number;
  classesPerBatch: number;
  samplesPerClass: number;
}

interface Member {
  samples: Int32Array;
  key: number;
}

/**
 * Classes of the same super-class together, so that a batch holds negatives that look alike (the hierarchical sampler of
 * pytorch-metric-learning). A class belongs to the super-class that `column` gives for its first sample; the classes of a
 * batch are shared out evenly among its super-classes.
 */
export function hierarchical(input: SamplerInput, options: Hierarchical): BatchSampler {
  const groups = groupClasses(input, options.column);
  const groupsPerBatch = Math.min(options.superClassesPerBatch, groups.length);
  const wanted = Math.max(1, Math.ceil(options.classesPerBatch / groupsPerBatch));
  const classesEach = Math.min(wanted, Math.max(...groups.map((group) => group.length)));
  const { seed } = input;
  const groupDeal = { seed, stream: 'super-classes', count: groups.length, size: groupsPerBatch };
  const batchSize = groupsPerBatch * classesEach * options.samplesPerClass;
  return {
    batchSize,
    batchesPerEpoch: Math.max(1, Math.ceil(input.labels.length / batchSize)),
    batch(number) {
      const hand = handAt(groupDeal, number);
      const extraFrom = hand.length - filledUpAt(groupDeal, number);
      const turn = roundAt(groupDeal, number);
      const rows = [...hand].flatMap((group, position) => {
        const stream = `${position >= extraFrom ? 'extra' : 'classes'}/${group}`;
        const classDeal = { seed, stream, count: groups[group]!.length, size: classesEach };
        const chosen = [...handAt(classDeal, turn)].map((index) => groups[group]![index]!);
        const isExtra = position >= extraFrom ? chosen.length : filledUpAt(classDeal, turn);
        const samples = { seed, turn: roundAt(classDeal, turn), extra: isExtra, samplesPerClass: options.samplesPerClass };
        return [...samplesOf(chosen, samples)];
      });
      return Int32Array.from(rows);
    },
  };
}

/** @throws Error when a class has no value in the column. */
function groupClasses(input: SamplerInput, column: string): Member[][] {
  const groups = new Map<string, Member[]>();
  samplesByClass(input.labels).forEach((samples, key) => {
    const value = input.metadata[samples[0]!]?.[column];
    if (value === undefined || value === '') {
      throw new Error(`The hierarchical sampler groups classes by the column "${column}", but sample ${samples[0]!} has no value in it.`);
    }
    const group = groups.get(value);
    if (group) group.push({ samples, key });
    else groups.set(value, [{ samples, key }]);
  });
  return [...groups.values()];
}
