import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NetworkInput } from '../../src/contract/recipe/network.ts';
import { openEmbedder } from '../../src/engine/embed/open-embedder.ts';
import { shippedModel } from '../../src/workflows/shipped-models.ts';
import type { Pair } from './comparisons.ts';

const BATCH = 32;

/** The finger model that ships, and how it compares pictures: the cosine of their templates, or -Infinity where one has none. */
export async function openShippedFingerModel(): Promise<{ input: NetworkInput; compare: (pictures: readonly (Uint8Array | null)[]) => Promise<(pair: Pair) => number> }> {
  const folder = join(import.meta.dirname, '../../resources/fingers');
  const { recipe, weightsHash } = shippedModel.parse(JSON.parse(readFileSync(join(folder, 'model.json'), 'utf8')));
  const embedder = await openEmbedder({ kind: 'checkpoint', path: join(folder, 'ridge-flow.safetensors'), weightsHash, recipe });
  return {
    input: recipe.input,
    async compare(pictures) {
      const seen = [...pictures.keys()].filter((index) => pictures[index] !== null);
      const vectors = new Map<number, Float32Array>();
      for (let from = 0; from < seen.length; from += BATCH) {
        const batch = seen.slice(from, from + BATCH);
        const rows = await embedder.embed(batch.map((index) => pictures[index]!));
        for (const [place, index] of batch.entries()) vectors.set(index, toUnit(rows.slice(place * embedder.size, (place + 1) * embedder.size)));
      }
      return ([first, second]) => {
        const [one, other] = [vectors.get(first), vectors.get(second)];
        return one === undefined || other === undefined ? -Infinity : one.reduce((sum, value, index) => sum + value * other[index]!, 0);
      };
    },
  };
}

function toUnit(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}
