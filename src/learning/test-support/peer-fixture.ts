import type { LossRecipe } from '../../contract/recipe/losses.ts';
import type { RegularizerRecipe } from '../../contract/recipe/regularizers.ts';

/**
 * Values and gradients of the losses as others compute them in float64, in fixtures/peer-losses.json:
 * `npm run bench -- loss-fixture` writes it.
 */
export interface PeerFixture {
  readonly madeBy: string;
  readonly versions: { readonly torch: string; readonly library: string; readonly python: string };
  readonly batches: readonly PeerBatch[];
  /** Class-major, by the number for each class. */
  readonly proxies: Readonly<Record<1 | 3, number[][]>>;
  readonly textSimilarity: number[][];
  readonly rows: readonly PeerRow[];
}

export interface PeerBatch {
  readonly title: string;
  readonly embeddings: number[][];
  readonly labels: number[];
  readonly memory?: number[][];
  readonly memoryLabels?: number[];
}

export interface PeerRow {
  readonly loss: LossRecipe | null;
  readonly regularizers: RegularizerRecipe[];
  /** Index of the batch. */
  readonly batch: number;
  /** Proxies for each class; 0 for none. */
  readonly perClass: 0 | 1 | 3;
  /** Who agree on it to 1e-6 or better; the numbers are the first author's. */
  readonly authors: readonly ('literal loops, float64 autograd' | 'pytorch-metric-learning')[];
  readonly value: number;
  /** ∂L/∂x and ∂L/∂p, raw. */
  readonly embeddings: number[][];
  readonly proxies?: number[][];
}
