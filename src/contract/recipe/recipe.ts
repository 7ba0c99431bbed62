import { z } from 'zod';
import { modality } from '../vocabulary.ts';
import { lossSchema } from './losses.ts';
import { memorySchema, minerSchema, offlineMiningSchema } from './miners.ts';
import { regularizerSchema } from './regularizers.ts';
import { augmentationSchema, backboneSchema, inputSchema } from './network.ts';
import { clippingSchema, mixingSchema, optimizerSchema, samplerSchema, scheduleSchema } from './training.ts';

/**
 * Everything that decides how an embedding is trained: a document, kept with every run and model, from which the
 * same run can be started again. Unknown keys are refused; every key but `loss` has a default.
 */
export const recipeSchema = z.strictObject({
  name: z.string().trim().min(1).max(80).default('Faces'),
  modality: modality.default('face'),
  input: inputSchema.prefault({}),
  backbone: backboneSchema.prefault({ name: 'small' }),
  /** Length of the embedding vector. */
  embeddingSize: z.number().int().min(2).max(2048).default(128).describe('Embedding size'),
  loss: lossSchema,
  regularizers: z.array(regularizerSchema).default([]),
  /** In-batch mining; null leaves the choice to the loss. */
  miner: minerSchema.nullable().default(null),
  /** Mining over the whole training set every n epochs; null: none. */
  offlineMining: offlineMiningSchema.nullable().default(null),
  /** Embeddings of earlier batches as further pairs; null: none. For losses over pairs. */
  memory: memorySchema.nullable().default(null),
  sampler: samplerSchema.prefault({ name: 'm-per-class' }),
  mixing: mixingSchema.default('proportional').describe('Several datasets in a batch'),
  optimizer: optimizerSchema.prefault({ name: 'adam' }),
  schedule: scheduleSchema.prefault({ name: 'cosine' }),
  clipping: clippingSchema.prefault({}),
  augmentation: augmentationSchema.prefault({}),
  epochs: z.number().int().min(1).max(10_000).default(60).describe('Epochs'),
  /** Batches per epoch; null: as many as see every training sample about once. */
  batchesPerEpoch: z.number().int().min(1).max(100_000).nullable().default(null).describe('Batches per epoch'),
  /** Epochs without a better validation EER after which training stops; null: never. */
  patience: z.number().int().min(1).max(10_000).nullable().default(null).describe('Early stopping patience (epochs)'),
  /** Epochs at the start in which only the head and the proxies learn. */
  warmUpEpochs: z.number().int().min(0).max(1000).default(0).describe('Warm-up epochs, backbone frozen'),
  /** Keep the backbone's running statistics as they are (fine-tuning). */
  freezeBatchNorm: z.boolean().default(false).describe('Freeze batch normalisation'),
  seed: z.number().int().min(0).max(0xffffffff).default(1).describe('Seed'),
});
export type Recipe = z.infer<typeof recipeSchema>;
export type RecipeInput = z.input<typeof recipeSchema>;
