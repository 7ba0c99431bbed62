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

/** In pixels of the upright picture, or of the camera that a frame came from. */
export const point = z.object({ x: z.number(), y: z.number() });
export type Point = z.infer<typeof point>;

/** A face or a finger seen in a hurry: where it is, and what is wrong with it. */
export const seenSample = z.object({
  label: z.string(),
  /** Corners of its box, in their order around it; the box of a finger is turned as the finger is. */
  outline: z.array(point),
  landmarks: z.array(point),
  quality: sampleQuality,
});
export type SeenSample = z.infer<typeof seenSample>;

export const look = z.object({ width: z.number().int(), height: z.number().int(), samples: z.array(seenSample) });
export type Look = z.infer<typeof look>;

/** A frame is made small before it travels; `reduction` says by how much. */
const frame = z.strictObject({
  bytes: z.instanceof(Uint8Array).refine(({ length }) => length <= 4 * 1024 * 1024, 'has more than 4 MB: make the frame smaller'),
  reduction: z.number().min(1).max(16).default(1),
});

export const inspectionRequests = requests({
  /**
   * What a pipeline sees at a glance, for guidance before a camera and for outlines on pictures; nothing is kept. Frames do not pile up:
   * of those that wait only the newest is looked at, and the others are answered with "cancelled".
   */
  'images.look': { input: z.strictObject({ picture: z.union([z.strictObject({ imageId: identifier }), frame]), pipeline: pipelineName }), output: look },
  /** Runs a pipeline on one picture, and shows all it saw; nothing is kept. */
  'images.inspect': { input: z.strictObject({ imageId: identifier, pipeline: pipelineName }), output: inspection },
});
