import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cosineSimilarity } from './cosine-similarity.ts';
import { nearestRows } from './nearest-rows.ts';
import { seededRandom } from './random.ts';
import { cosineTiles } from './score-tiles.ts';
import { finish } from './steps.ts';

const drawn = (total: number, dimension: number, seed: number) => {
  const random = seededRandom(seed);
  // Small whole numbers: many rows point the same way, so that there are ties. None is of length 0.
  return { embeddings: Float32Array.from({ length: total * dimension }, () => 1 + Math.floor(3 * random())), dimension, subjects: new Int32Array(total) };
};

describe('nearestRows', () => {
  it('finds the same rows, in the same order, as sorting all of them', () => {
    fc.assert(fc.property(fc.integer({ min: 2, max: 150 }), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 20 }), fc.nat(), (total, dimension, wanted, seed) => {
      const count = Math.min(wanted, total - 1);
      const templates = drawn(total, dimension, seed);
      const rowOf = (row: number): Float32Array => templates.embeddings.subarray(row * dimension, (row + 1) * dimension);
      const { rows, products } = finish(nearestRows(cosineTiles(templates), count));
      for (let row = 0; row < total; row++) {
        // A pair is compared once, the smaller row first, and kept as float32.
        const others = Array.from({ length: total }, (_, other) => ({ other, product: Math.fround(cosineSimilarity(rowOf(Math.min(row, other)), rowOf(Math.max(row, other)))) }))
          .filter(({ other }) => other !== row).sort((one, next) => next.product - one.product).slice(0, count);
        expect([...products.subarray(row * count, (row + 1) * count)]).toEqual(others.map(({ product }) => product));
        expect([...rows.subarray(row * count, (row + 1) * count)]).toEqual(others.map(({ other }) => other));
      }
    }), { numRuns: 40 });
  });

  it('says how far it is, up to all pairs', () => {
    const steps = [...nearestRows(cosineTiles(drawn(130, 2, 1)), 3)];
    expect(steps.at(-1)).toEqual({ done: 130 * 129 / 2, total: 130 * 129 / 2 });
    expect(steps.map(({ done }) => done)).toEqual(steps.map(({ done }) => done).sort((one, other) => one - other));
  });

  it('refuses more neighbours than there are', () => {
    expect(() => finish(nearestRows(cosineTiles(drawn(3, 2, 1)), 3))).toThrow('A row of 3 has from 1 to 2 neighbours, not 3');
  });
});
