import { permutation, randomStream } from '../../src/learning/random.ts';
import { CLASSES, ROWS, WIDTH } from './cases.ts';

/** What a loss is timed on. */
export interface Batch {
  readonly embeddings: Float32Array;
  readonly labels: Int32Array;
  /** [CLASSES × perClass, WIDTH]; empty for pair losses. */
  readonly proxies: Float32Array;
}

const PER_CLASS_IN_BATCH = 4;
const SEED = 1;

/** 64 of the classes with 4 rows each, as a balanced sampler gives them; rows of a class have a cosine of about ½. */
export function drawBatch(perClass: number): Batch {
  const random = randomStream(SEED, 'loss-bench');
  const inBatch = permutation(CLASSES, random).subarray(0, ROWS / PER_CLASS_IN_BATCH);
  const labels = Int32Array.from({ length: ROWS }, (_, row) => inBatch[Math.floor(row / PER_CLASS_IN_BATCH)]!);
  const centres = Float32Array.from({ length: inBatch.length * WIDTH }, () => random.normal());
  const embeddings = Float32Array.from({ length: ROWS * WIDTH }, (_, cell) => {
    const row = Math.floor(cell / WIDTH);
    return centres[Math.floor(row / PER_CLASS_IN_BATCH) * WIDTH + (cell % WIDTH)]! / Math.sqrt(WIDTH) + random.normal() / Math.sqrt(WIDTH);
  });
  const proxies = Float32Array.from({ length: CLASSES * perClass * WIDTH }, () => random.normal() / Math.sqrt(WIDTH));
  return { embeddings, labels, proxies };
}
