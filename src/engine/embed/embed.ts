import { availableParallelism } from 'node:os';
import type { EmbedOutcome, EngineOperations, ImageSource } from '../../contract/engine-port.ts';
import type { Recipe } from '../../contract/recipe/recipe.ts';
import { RequestError } from '../../contract/request-error.ts';
import { inParallel } from '../images/in-parallel.ts';
import { loadPixels } from '../images/load-pixels.ts';
import { UnreadableImage } from '../images/open-image.ts';
import type { Work } from '../process/serve.ts';
import { takeTurns } from '../process/take-turns.ts';
import { openEmbedder } from './open-embedder.ts';
import type { Embedder } from './open-embedder.ts';

const BATCH = 32;

/** Unit-length embeddings of pictures. A picture that cannot be read costs its own row only. */
export async function embed(
  { embedder: source, images }: EngineOperations['embed']['input'],
  { report, signal }: Work<{ done: number; total: number }>,
): Promise<EmbedOutcome> {
  const embedder = await openEmbedder(source);
  const outcome: EmbedOutcome = { vectors: new Float32Array(images.length * embedder.size), size: embedder.size, failures: [] };
  let next = loadBatch(images, 0, source.recipe);
  for (let from = 0; from < images.length; from += BATCH) {
    if (signal.aborted) throw new RequestError('cancelled', `Stopped after ${from} of ${images.length} pictures.`);
    const loaded = await next;
    // The next pictures are decoded on other threads while the network looks at these.
    next = loadBatch(images, from + BATCH, source.recipe);
    await embedBatch(embedder, { loaded, from }, outcome);
    report({ done: Math.min(images.length, from + BATCH), total: images.length });
    await takeTurns();
  }
  return outcome;
}

type Loaded = { pixels: Uint8Array } | { reason: string };

function loadBatch(images: ImageSource[], from: number, { input }: Recipe): Promise<Loaded[]> {
  return inParallel(images.slice(from, from + BATCH), availableParallelism(), async (image) => {
    try {
      return { pixels: await loadPixels(image, input) };
    } catch (error) {
      if (error instanceof UnreadableImage) return { reason: error.message };
      throw error;
    }
  });
}

async function embedBatch(embedder: Embedder, { loaded, from }: { loaded: Loaded[]; from: number }, outcome: EmbedOutcome): Promise<void> {
  const rows: number[] = [];
  const pictures: Uint8Array[] = [];
  loaded.forEach((one, place) => {
    if ('reason' in one) outcome.failures.push({ index: from + place, reason: one.reason });
    else {
      rows.push(from + place);
      pictures.push(one.pixels);
    }
  });
  if (pictures.length === 0) return;
  const vectors = await embedder.embed(pictures);
  rows.forEach((row, place) => {
    const vector = vectors.subarray(place * embedder.size, (place + 1) * embedder.size);
    if (normalise(vector)) outcome.vectors.set(vector, row * embedder.size);
    else outcome.failures.push({ index: row, reason: 'its embedding has no direction (a blank picture, or a network that has collapsed)' });
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

