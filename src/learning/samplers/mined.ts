import type { Triplets } from '../miners/offline.ts';
import type { BatchSampler } from './batch-sampler.ts';
import { handAt } from './chunks.ts';

export interface MinedBatches {
  triplets: Triplets;
  /** Of the batches from `firstBatch` on, how many are made of triplets. */
  share: number;
  seed: number;
  /** The first batch of the run that may be mined. */
  firstBatch: number;
  /** The batch before which these triplets were found. */
  minedAt: number;
}

/**
 * A sampler of which a share of the batches is replaced by mined ones, evenly spread: an anchor, its positive and its negative
 * side by side, triplet after triplet, all of them once a round. The other batches are the sampler's, in its own order and none
 * left out, so what it promises (every class and sample is seen) still holds. Without any triplet every batch is the sampler's.
 */
export function withMined(sampler: BatchSampler, { triplets, share, seed, firstBatch, minedAt }: MinedBatches): BatchSampler {
  const { anchors, positives, negatives } = triplets;
  const minedBefore = (number: number): number => Math.floor((number - firstBatch) * share);
  const deal = { seed, stream: `mined/${minedAt}`, count: anchors.length, size: Math.ceil(sampler.batchSize / 3) };
  return {
    ...sampler,
    batch(number) {
      const before = minedBefore(number);
      const isMined = minedBefore(number + 1) > before && anchors.length > 0;
      if (!isMined) return sampler.batch(number - before);
      const hand = [...handAt(deal, before - minedBefore(minedAt))];
      const rows = hand.flatMap((index) => [anchors[index]!, positives[index]!, negatives[index]!]);
      return Int32Array.from(rows.slice(0, sampler.batchSize));
    },
  };
}
