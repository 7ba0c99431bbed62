import { randomStream } from '../../src/learning/random.ts';

/** Numbers that float32 holds exactly, in few digits. */
const GRAIN = 64;
const WIDTH = 4;
export const FIXTURE_CLASSES = 4;

/** Embeddings and labels, and where there is one, a memory of earlier rows. */
export interface FixtureBatch {
  readonly title: string;
  readonly embeddings: number[][];
  readonly labels: number[];
  readonly memory?: number[][];
  readonly memoryLabels?: number[];
}

const random = randomStream(3, 'loss-fixture');

export function drawRows(count: number): number[][] {
  return Array.from({ length: count }, () => Array.from({ length: WIDTH }, () => Math.round(random.normal() * GRAIN) / GRAIN));
}

export const FIXTURE_BATCHES: readonly FixtureBatch[] = [
  { title: 'three rows a class', embeddings: drawRows(12), labels: [0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3] },
  { title: 'four, three, two rows and one', embeddings: drawRows(10), labels: [0, 1, 0, 2, 1, 0, 3, 2, 1, 0] },
  { title: 'with a memory', embeddings: drawRows(8), labels: [0, 0, 1, 1, 2, 2, 3, 3], memory: drawRows(6), memoryLabels: [0, 1, 1, 2, 3, 3] },
];

/** Class-major, the same for every loss with as many for each class. */
export const FIXTURE_PROXIES = Object.fromEntries([1, 3].map((perClass) => [perClass, drawRows(perClass * FIXTURE_CLASSES)])) as Record<1 | 3, number[][]>;

/** Cosines of the texts of the classes. */
export const FIXTURE_TEXT = [[1, 0.25, 0.5, -0.125], [0.25, 1, 0.0625, 0.375], [0.5, 0.0625, 1, 0.75], [-0.125, 0.375, 0.75, 1]];
