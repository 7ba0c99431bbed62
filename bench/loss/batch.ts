import { permutation, randomStream } from '../../src/learning/random.ts';
import { CLASSES, ROWS, WIDTH } from './cases.ts';
import type { Case } from './cases.ts';

/** What a loss is timed on. */
export interface Batch {
  readonly embeddings: Float32Array;
  readonly labels: Int32Array;
  /** [CLASSES × perClass, WIDTH]; empty for pair losses. */
  readonly proxies: Float32Array;
}

// With 1, a pair lies within 3e-7 of the hinge of the contrastive loss, where float32 may fall on either side.
const SEED = 2;

/** How much of a row all rows share, and how much its class does, beside noise of length 1. */
const SHARED = 1;
const OF_CLASS = 0.5;

/**
 * So many of the classes with `inBatch` rows each, as a balanced sampler gives them, and as they lie half-way through a training: a
 * cosine of about 0.56 within a class and 0.44 between classes, so that miners and hinges have something to choose.
 */
export function drawBatch({ perClass, inBatch }: Pick<Case, 'perClass' | 'inBatch'>): Batch {
  const random = randomStream(SEED, 'loss-bench');
  const chosen = permutation(CLASSES, random).subarray(0, ROWS / inBatch);
  const labels = Int32Array.from({ length: ROWS }, (_, row) => chosen[Math.floor(row / inBatch)]!);
  const normal = (rows: number) => Float32Array.from({ length: rows * WIDTH }, () => random.normal() / Math.sqrt(WIDTH));
  const [common, centres, noise] = [normal(1), normal(chosen.length), normal(ROWS)];
  const embeddings = noise.map((value, cell) => {
    const [row, column] = [Math.floor(cell / WIDTH), cell % WIDTH];
    return value + SHARED * common[column]! + OF_CLASS * centres[Math.floor(row / inBatch) * WIDTH + column]!;
  });
  return { embeddings, labels, proxies: normal(CLASSES * perClass) };
}
