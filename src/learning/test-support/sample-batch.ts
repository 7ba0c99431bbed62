import { randomStream } from '../random.ts';

/** A batch in plain numbers, each a float32. */
export interface SampleBatch {
  readonly embeddings: number[][];
  readonly labels: number[];
  /** Class-major. */
  readonly proxies: number[][];
}

export interface Shape {
  readonly rows: number;
  readonly width: number;
  readonly classes: number;
  /** Proxies for each class. */
  readonly perClass: number;
}

/** A batch that is the same for the same seed; labels come round, so every class has rows / classes of them. */
export function sampleBatch(seed: number, { rows, width, classes, perClass }: Shape): SampleBatch {
  const random = randomStream(seed, 'batch');
  const matrix = (count: number) =>
    Array.from({ length: count }, () => Array.from({ length: width }, () => Math.fround(random.normal())));
  return {
    embeddings: matrix(rows),
    labels: Array.from({ length: rows }, (_, row) => row % classes),
    proxies: matrix(classes * perClass),
  };
}

/** The same batch with its rows in another order. */
export function permuted({ embeddings, labels, proxies }: SampleBatch, order: readonly number[]): SampleBatch {
  return { embeddings: order.map((row) => embeddings[row]!), labels: order.map((row) => labels[row]!), proxies };
}
