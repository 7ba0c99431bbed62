import { z } from 'zod';
import { samplePipeline } from '../recipe/network.ts';
import { identifier, instant, modality, typedName } from '../vocabulary.ts';
import { requests } from './request.ts';

export const modelCard = z.object({
  id: identifier,
  name: z.string(),
  modality,
  /** What finds the sample in a picture for it: nothing (its middle is the sample), or a pipeline. */
  pipeline: samplePipeline,
  source: z.enum(['trained-here', 'shipped', 'pretrained']),
  runId: identifier.nullable(),
  /** "small, proxy-anchor, 128-d". */
  summary: z.string(),
  embeddingSize: z.number().int(),
  trainedOn: z.string(),
  licence: z.string(),
  epoch: z.number().int().nullable(),
  validationEer: z.number().nullable(),
  /** SHA-256 of the weights: templates are bound to it. */
  weightsHash: z.string(),
  inUse: z.boolean(),
  templates: z.number().int(),
  createdAt: instant,
});
export type ModelCard = z.infer<typeof modelCard>;

const modelId = { modelId: identifier };

export const modelRequests = requests({
  'models.list': { input: z.strictObject({}), output: z.array(modelCard) },
  /** Makes the model the one that enrols and matches; samples without a template of it are embedded again (a job). */
  'models.use': { input: z.strictObject(modelId), output: z.object({ model: modelCard, jobId: identifier.nullable() }) },
  /** Puts a model that ships with the product on the list; it is not in use yet. */
  'models.add': { input: z.strictObject({ shipped: z.enum(['fingers']) }), output: modelCard },
  'models.rename': { input: z.strictObject({ ...modelId, name: typedName }), output: modelCard },
  /** Refused for the model in use. Deletes its templates, weights and thresholds. */
  'models.remove': { input: z.strictObject(modelId), output: z.object({ removed: z.literal(true) }) },
});
