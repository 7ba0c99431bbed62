import { z } from 'zod';

const margin = z.number().min(0).max(4).default(0.2).describe('Width of the semi-hard band, in units of the distance of the loss');

/** Which pairs or triplets of a batch reach the loss; m = D(anchor, negative) - D(anchor, positive). */
export const minerSchema = z.discriminatedUnion('name', [
  z.strictObject({ name: z.literal('all') }).describe('Every pair or triplet of the batch'),
  z.strictObject({ name: z.literal('hard') }).describe('The other person is nearer: m ≤ 0, with m = D(anchor, negative) − D(anchor, positive)'),
  z.strictObject({ name: z.literal('semi-hard'), margin }).describe('The other person is farther, by no more than the margin: 0 < m ≤ margin (Schroff et al., CVPR 2015)'),
  z.strictObject({ name: z.literal('easy'), margin }).describe('The other person is farther by more than the margin: m > margin'),
  z.strictObject({ name: z.literal('batch-hard') }).describe('Farthest positive and nearest negative of each anchor (Hermans et al., 2017)'),
  z.strictObject({
    name: z.literal('n-hard'),
    from: z.int().min(1).default(1).describe('Rank of the hardest that is used; 2 passes over the hardest'),
    to: z.int().min(1).default(1).describe('Rank of the easiest that is used'),
  }).describe('A range of ranks on both sides, so that mislabelled pictures can be passed over')
    .refine(({ from, to }) => from <= to, 'from must not be greater than to'),
  z.strictObject({
    name: z.literal('distance-weighted'),
    floor: z.number().gt(0).max(2).default(0.5).describe('Smaller distances count as this one'),
    cutoff: z.number().gt(0).max(2).default(1.4).describe('Negatives beyond it are never drawn'),
  }).describe('Negatives drawn uniformly over distance (Wu et al., ICCV 2017)'),
  z.strictObject({
    name: z.literal('multi-similarity'),
    epsilon: z.number().min(0).max(2).default(0.1).describe('Slack, in units of the distance'),
  }).describe('Pairs that break the order of the batch, or come within ε of it (Wang et al., CVPR 2019)'),
]);

export type MinerRecipe = z.infer<typeof minerSchema>;
export type MinerName = MinerRecipe['name'];

/** Cross-batch memory (Wang et al., CVPR 2020): earlier embeddings as further positives and negatives of pair losses. */
export const memorySchema = z.strictObject({
  size: z.int().min(1).max(1_000_000).default(1024).describe('Embeddings remembered'),
  warmUpBatches: z.int().min(0).default(0).describe('Batches before it is used: early embeddings drift fast'),
});

export type MemoryRecipe = z.infer<typeof memorySchema>;

/** Exhaustive mining over the whole training set (Schroff et al., CVPR 2015, section 3.2), beside what is mined in each batch. */
export const offlineMiningSchema = z.strictObject({
  triplets: z.enum(['semi-hard', 'hard', 'both']).default('semi-hard').describe('Triplets looked for'),
  margin: z.number().min(0).max(4).default(0.2).describe('Width of the semi-hard band (distance of the loss)'),
  everyEpochs: z.int().min(1).max(10_000).default(5).describe('Mine anew every (epochs)'),
  /** The first embeddings of a new network say nothing about who is hard. */
  afterEpochs: z.int().min(0).max(10_000).default(1).describe('Epochs before the first mining'),
  positives: z.int().min(1).max(64).default(1).describe('Farthest positives tried for each anchor'),
  /** The other batches are the sampler's, so that every class and sample goes on being seen. */
  share: z.number().gt(0).lt(1).default(0.5).describe('Share of the batches that are mined'),
});

export type OfflineMiningRecipe = z.infer<typeof offlineMiningSchema>;
