import { z } from 'zod';
import { recipeSchema } from '../recipe/recipe.ts';
import { identifier, instant } from '../vocabulary.ts';
import { requests } from './request.ts';

/** One optimisation step, as the live curves draw it. */
export const runStep = z.object({
  step: z.number().int(),
  epoch: z.number().int(),
  loss: z.number(),
  learningRate: z.number(),
  /** Share of the pairs, triplets or anchors that cost something. */
  activeShare: z.number().nullable(),
  /** Mean distance of same-class and of other-class embeddings in the batch, Euclidean on the unit sphere (0 to 2). */
  positiveDistance: z.number().nullable(),
  negativeDistance: z.number().nullable(),
  /** Anchors without a loss, by reason; `contract/skipped-anchors` has the words. */
  skipped: z.record(z.string(), z.number()),
  /** Mean length of the raw embeddings, and mean cosine of all their pairs; null where there are fewer than two. */
  meanNorm: z.number().nullable(),
  meanCosine: z.number().nullable(),
  /** In words, at the step from which on the embeddings coincide; else null. */
  alarm: z.string().nullable(),
  imagesPerSecond: z.number().nullable(),
});
export type RunStep = z.infer<typeof runStep>;

export const runEpoch = z.object({
  epoch: z.number().int(),
  step: z.number().int(),
  meanLoss: z.number(),
  /** EER over all pairs of the validation subjects; null where there are too few. */
  validationEer: z.number().nullable(),
  learningRate: z.number(),
  /** In words, when the embedding has collapsed; else null. */
  alarm: z.string().nullable(),
  /** True for the epoch whose weights became the model: the latest within one standard error of the lowest validation EER. */
  kept: z.boolean(),
  durationMs: z.number(),
});
export type RunEpoch = z.infer<typeof runEpoch>;

const costlyPicture = { subject: z.string(), imageId: identifier.nullable() };

/** What an anchor was compared with. A proxy is learnt and has no picture: one of its class stands for it. */
export const costlySide = z.object({
  ...costlyPicture,
  isProxy: z.boolean(),
  /** Of the embeddings at that step, and their Euclidean distance on the unit sphere (0 to 2). */
  cosine: z.number(),
  distance: z.number(),
});
export type CostlySide = z.infer<typeof costlySide>;

/** An item of the loss that cost much: a pair, a triplet, or an anchor with the hardest of both sides. */
export const costlyItem = z.object({
  cost: z.number(),
  step: z.number().int(),
  anchor: z.object(costlyPicture),
  positive: costlySide.nullable(),
  negative: costlySide.nullable(),
});
export type CostlyItem = z.infer<typeof costlyItem>;

/** The items of the newest epoch that cost most so far, dearest first. */
export const costliest = z.object({ epoch: z.number().int(), step: z.number().int(), items: z.array(costlyItem) });
export type Costliest = z.infer<typeof costliest>;

export const runState = z.enum(['running', 'done', 'failed', 'cancelled', 'interrupted']);

export const runCard = z.object({
  id: identifier,
  name: z.string(),
  datasetId: identifier.nullable(),
  datasetName: z.string(),
  recipe: recipeSchema,
  state: runState,
  error: z.string().nullable(),
  epoch: z.number().int(),
  /** Which epoch's weights are the model, counted from 0; -1: those that the network began with. Null while none is. */
  keptEpoch: z.number().int().nullable(),
  /** Of the epoch that was kept. */
  bestValidationEer: z.number().nullable(),
  modelId: identifier.nullable(),
  jobId: identifier.nullable(),
  /** The device that really trained it, with its speed. */
  device: z.string().nullable(),
  parameters: z.number().int().nullable(),
  canResume: z.boolean(),
  createdAt: instant,
  endedAt: instant.nullable(),
});
export type RunCard = z.infer<typeof runCard>;

/** "epoch 3", as people count; "as it began". */
export const keptWords = (keptEpoch: number): string => (keptEpoch < 0 ? 'as it began' : `epoch ${keptEpoch + 1}`);

export const recipePreset = z.object({ id: identifier, title: z.string(), citation: z.string().nullable(), recipe: recipeSchema });
export type RecipePreset = z.infer<typeof recipePreset>;

/** Datasets whose people are learnt beside those of the main one; `recipe.mixing` is how they share a batch. */
const moreDatasetIds = z.array(identifier).max(15).default([]);

const runId = { runId: identifier };
const started = z.object({ runId: identifier, jobId: identifier });

export const runRequests = requests({
  'recipes.presets': { input: z.strictObject({}), output: z.array(recipePreset) },
  /** What a careful colleague would say about this recipe before it starts. */
  'recipes.check': {
    input: z.strictObject({ recipe: z.unknown(), datasetId: identifier.nullable().default(null), moreDatasetIds }),
    output: z.object({
      recipe: recipeSchema.nullable(),
      problems: z.array(z.object({ path: z.string(), message: z.string(), severity: z.enum(['error', 'warning']) })),
    }),
  },
  'runs.list': { input: z.strictObject({}), output: z.array(runCard) },
  'runs.get': {
    input: z.strictObject(runId),
    output: z.object({ run: runCard, steps: z.array(runStep), epochs: z.array(runEpoch), costliest: costliest.nullable() }),
  },
  'runs.start': { input: z.strictObject({ datasetId: identifier, moreDatasetIds, recipe: recipeSchema }), output: started },
  /** Goes on from the last checkpoint, exactly as if it had never stopped. */
  'runs.resume': { input: z.strictObject(runId), output: started },
  'runs.remove': { input: z.strictObject(runId), output: z.object({ removed: z.literal(true) }) },
});
