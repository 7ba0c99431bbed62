import type { Recipe } from '../../contract/recipe/recipe.ts';
import type { Network } from '../../learning/network.ts';
import { takeTurns } from '../process/take-turns.ts';
import { embedRows } from './embed-rows.ts';

export interface PictureSource {
  count: number;
  /** Decoded pictures from (inclusive) to (exclusive). */
  get(from: number, to: number): Promise<Uint8Array[]>;
}

const BATCH = 32;

/** Raw embeddings [count, size], row-major, by the running statistics. */
export async function embedPictures(network: Network, recipe: Pick<Recipe, 'input' | 'embeddingSize'>, source: PictureSource): Promise<Float32Array> {
  const embeddings = new Float32Array(source.count * recipe.embeddingSize);
  for (let from = 0; from < source.count; from += BATCH) {
    const pictures = await source.get(from, Math.min(source.count, from + BATCH));
    embeddings.set(embedRows(network, recipe, pictures), from * recipe.embeddingSize);
    await takeTurns();
  }
  return embeddings;
}
