import type { EmbeddedSample, EmbedderSource, EngineCall, ImageSource, PictureCache } from '../contract/engine-port.ts';
import type { SeveralChoice } from '../contract/vocabulary.ts';
import type { Workbench } from './workbench.ts';

/** What one picture gave: a template with what the pipeline said of its sample, or why it gave none (the end of a sentence). */
export type EmbeddedPicture = ({ vector: Float32Array } & Omit<EmbeddedSample, 'image'>) | { reason: string };

export interface PictureOrder {
  embedder: EmbedderSource;
  images: ImageSource[];
  /** A template a picture; who wants all asks `embed` itself. */
  several: Exclude<SeveralChoice, 'all'>;
  /** As `EmbedRequest.cache`. */
  cache?: PictureCache | null;
}

/** The one template of each picture, in the order of the pictures. */
export async function embedPictures({ engine }: Pick<Workbench, 'engine'>, { cache = null, ...order }: PictureOrder, options: EngineCall<'embed'>): Promise<EmbeddedPicture[]> {
  const { vectors, size, samples, failures } = await engine.call('embed', { ...order, cache }, options);
  const pictures = order.images.map((): EmbeddedPicture => ({ reason: 'it could not be read' }));
  for (const { index, reason } of failures) pictures[index] = { reason };
  for (const [row, { image, ...sample }] of samples.entries()) {
    pictures[image] = { ...sample, vector: vectors.slice(row * size, (row + 1) * size) };
  }
  return pictures;
}
