import type { EmbeddedSample, EmbedOutcome, EmbedRequest } from '../../contract/engine-port.ts';
import { RequestError } from '../../contract/request-error.ts';
import { loadSamples } from '../pipeline/load-samples.ts';
import type { Work } from '../process/serve.ts';
import { takeTurns } from '../process/take-turns.ts';
import { embedBatch } from './embed-batch.ts';
import { openEmbeddingCache } from './embedding-cache.ts';
import { openEmbedder } from './open-embedder.ts';

/** Unit-length embeddings of the samples in pictures. A picture that cannot be used costs itself only. */
export async function embed(request: EmbedRequest, { report, signal }: Work<{ done: number; total: number }>): Promise<EmbedOutcome> {
  const { embedder: source, images, several } = request;
  const embedder = await openEmbedder(source);
  const cache = await openEmbeddingCache(request);
  const recall = cache === null ? undefined : async (contentHash: string) => cache.get(contentHash);
  const rows: Float32Array[] = [];
  const [samples, failures]: [EmbeddedSample[], EmbedOutcome['failures']] = [[], []];
  let done = 0;
  for await (const batch of loadSamples(images, { input: source.recipe.input, several, recall, cacheOf: () => request.cache?.folder ?? null })) {
    if (signal.aborted) throw new RequestError('cancelled', `Stopped after ${done} of ${images.length} pictures.`);
    const pictures = await embedBatch(embedder, batch);
    for (const [place, picture] of pictures.entries()) {
      rows.push(...picture.samples.map(({ vector }) => vector));
      samples.push(...picture.samples.map(({ vector: _vector, ...sample }) => ({ ...sample, image: done + place })));
      failures.push(...picture.reasons.map((reason) => ({ index: done + place, reason })));
    }
    await Promise.all(pictures.map(({ contentHash, samples: made }) => (contentHash === null ? undefined : cache?.put(contentHash, made))));
    report({ done: (done += batch.length), total: images.length });
    await takeTurns();
  }
  const vectors = new Float32Array(rows.length * embedder.size);
  rows.forEach((row, index) => { vectors.set(row, index * embedder.size); });
  return { vectors, size: embedder.size, samples, failures };
}
