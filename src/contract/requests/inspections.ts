import { z } from 'zod';
import { identifier } from '../vocabulary.ts';
import { requests } from './request.ts';

/** What turns a photo into samples. Each is a folder of the engine (engine/face, engine/finger). */
export const pipelineName = z.enum(['face', 'finger']);
export type PipelineName = z.infer<typeof pipelineName>;

/** 0 (useless) to 100 (nothing to complain about), with what is wrong in words, worst first. */
export const sampleQuality = z.object({
  score: z.number().min(0).max(100),
  reasons: z.array(z.string()),
  /** Each measure by its name, 0 to 100; the score is the lowest of them. */
  components: z.record(z.string(), z.number()),
});
export type SampleQuality = z.infer<typeof sampleQuality>;

/** A face or a finger that was found, with what the pipeline measured about it (numbers, points, sides). */
export const foundSample = z.object({
  label: z.string(),
  quality: sampleQuality,
  measures: z.record(z.string(), z.json()),
});
export type FoundSample = z.infer<typeof foundSample>;

/** A picture between two steps, as PNG. The name is also its file's: kebab-case, no ending. */
export const pipelineStep = z.object({ name: z.string().regex(/^[a-z0-9-]+$/), title: z.string(), png: z.instanceof(Uint8Array) });
export type PipelineStep = z.infer<typeof pipelineStep>;

/** All that a pipeline saw in one photo, in the order in which it looked. */
export const inspection = z.object({
  pipeline: pipelineName,
  /** Size of the upright photo, in pixels. */
  width: z.number().int(),
  height: z.number().int(),
  samples: z.array(foundSample),
  steps: z.array(pipelineStep),
});
export type Inspection = z.infer<typeof inspection>;

export const inspectionRequests = requests({
  /** Runs a pipeline on one picture, and shows all it saw; nothing is kept. */
  'images.inspect': { input: z.strictObject({ imageId: identifier, pipeline: pipelineName }), output: inspection },
});
