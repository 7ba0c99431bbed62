import type { ScoreTransform } from '../../contract/requests/cancelable.ts';
import { transformWords } from '../../contract/transform-words.ts';
import { cancelableTransform } from '../../evaluation/protection/cancelable-transform.ts';
import type { EmbeddedSamples } from '../embed-dataset.ts';
import { evaluationPlan } from '../system-figures.ts';
import { measuringKey } from './measuring-key.ts';

/**
 * The templates as a gallery under this transform would keep them, so that errors and thresholds are those of such a gallery. The key is one for
 * measuring, of the evaluation's seed: never a gallery's, and the same again gives the same figures.
 */
export function underTransform(embedded: EmbeddedSamples, transform: ScoreTransform): EmbeddedSamples {
  if (transform === 'none') return embedded;
  const { embeddings, dimension } = embedded.templates;
  const { protect } = cancelableTransform(transform, dimension, measuringKey(evaluationPlan.seed, 0));
  const transformed = new Float32Array(embeddings.length);
  for (let start = 0; start < embeddings.length; start += dimension) transformed.set(protect(embeddings.subarray(start, start + dimension)), start);
  return { ...embedded, templates: { ...embedded.templates, embeddings: transformed } };
}

/** What the protocol says of it. */
export function underWords(transform: ScoreTransform): string {
  return transform === 'none' ? '' : ` The model's templates are under ${transformWords[transform]}, all with one key, as in a gallery.`;
}
