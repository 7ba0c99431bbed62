import type { SamplePipeline } from '../../contract/recipe/network.ts';
import type { FoundSample } from '../../contract/requests/inspections.ts';
import type { Raster } from '../face/inspection-step.ts';
import type { Photo } from '../face/photo.ts';

/** A face or a finger in a photo: what is known of it, and the picture of it that networks are shown, scaled to their input. */
export interface PipelineSample extends FoundSample {
  crop: Raster;
  /** What the pipeline's own embedder made of it while it was judged; null where a pipeline has none. */
  embedding: OwnEmbedding | null;
}

export interface OwnEmbedding {
  /** Names the embedder (graph-model/hash-graph.ts): a model with the same graph need not look at the crop again. */
  graphHash: string;
  /** Of length 1, of the crop and its mirror image together. */
  vector: Float32Array;
}

/**
 * From a photo to samples (docs/decisions/0009-one-seam-for-pipelines.md). Everything that embeds, trains or evaluates goes through it.
 */
export interface Pipeline {
  /** Part of the name under which crops and embeddings are kept: raise it whenever crops, qualities, measures or embeddings change. */
  version: string;
  /** What it looks for, in the singular. */
  noun: string;
  /** What to do when nothing was found, as the end of a sentence. */
  advice: string;
  /** Every sample of each photo, the largest first; none is a normal answer. @throws RequestError('no-model') */
  find: (photos: readonly Photo[]) => Promise<PipelineSample[][]>;
}

export type PipelineName = Exclude<SamplePipeline, 'none'>;

/** Loaded when first asked for: what each needs is large. */
export async function openPipeline(name: PipelineName): Promise<Pipeline> {
  if (name === 'face') return (await import('../face/face-pipeline.ts')).facePipeline;
  return (await import('../finger/finger-pipeline.ts')).fingerPipeline;
}
