import type { EmbedOutcome, EmbedRequest } from '../../contract/engine-port.ts';
import { RequestError } from '../../contract/request-error.ts';
import { loadSamples } from '../pipeline/load-samples.ts';
import type { Loaded } from '../pipeline/load-samples.ts';
import type { Work } from '../process/serve.ts';
import { takeTurns } from '../process/take-turns.ts';
import { openEmbedder } from './open-embedder.ts';
import type { Embedder } from './open-embedder.ts';

const BATCH = 32;

/** Unit-length embeddings of the samples in pictures. A picture that cannot be used costs itself only. */
export async function embed(request: EmbedRequest, { report, signal }: Work<{ done: number; total: number }>): Promise<EmbedOutcome> {
  const { embedder: source, images } = request;
  const embedder = await openEmbedder(source);
  const found: Found = { rows: [], samples: [], failures: [] };
  let next = loadBatch(request, 0);
  for (let from = 0; from < images.length; from += BATCH) {
    if (signal.aborted) throw new RequestError('cancelled', `Stopped after ${from} of ${images.length} pictures.`);
    const loaded = await next;
    // The next pictures are decoded on other threads while the network looks at these.
    next = loadBatch(request, from + BATCH);
    // Awaited a round later: that it failed meanwhile is nobody's oversight.
    next.catch(() => undefined);
    await embedBatch(embedder, { loaded, from }, found);
    report({ done: Math.min(images.length, from + BATCH), total: images.length });
    await takeTurns();
  }
  const vectors = new Float32Array(found.rows.length * embedder.size);
  found.rows.forEach((row, index) => { vectors.set(row, index * embedder.size); });
  return { vectors, size: embedder.size, samples: found.samples, failures: found.failures };
}

interface Found extends Pick<EmbedOutcome, 'samples' | 'failures'> {
  rows: Float32Array[];
}

function loadBatch({ embedder: { recipe }, images, several, cache }: EmbedRequest, from: number): Promise<Loaded[]> {
  return loadSamples(images.slice(from, from + BATCH), { input: recipe.input, several, cache });
}

async function embedBatch(embedder: Embedder, { loaded, from }: { loaded: Loaded[]; from: number }, found: Found): Promise<void> {
  const samples = loaded.flatMap((one, place) => {
    if ('samples' in one) return one.samples.map((sample) => ({ ...sample, image: from + place }));
    found.failures.push({ index: from + place, reason: one.reason });
    return [];
  });
  if (samples.length === 0) return;
  const vectors = await embedder.embed(samples.map(({ pixels }) => pixels));
  samples.forEach(({ pixels: _pixels, ...sample }, place) => {
    const vector = vectors.slice(place * embedder.size, (place + 1) * embedder.size);
    if (normalise(vector)) {
      found.rows.push(vector);
      found.samples.push(sample);
    } else found.failures.push({ index: sample.image, reason: 'its embedding has no direction (a blank picture, or a network that has collapsed)' });
  });
}

/** Scales to unit length in place; false when there is no direction to keep. */
function normalise(vector: Float32Array): boolean {
  let square = 0;
  for (const value of vector) square += value * value;
  const length = Math.sqrt(square);
  if (!(length > 0 && length < Infinity)) return false;
  for (let index = 0; index < vector.length; index++) vector[index]! /= length;
  return true;
}
