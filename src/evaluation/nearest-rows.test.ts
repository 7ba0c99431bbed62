import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearestRows } from './nearest-rows.ts';
import { seededRandom } from './random.ts';
import { finish } from './steps.ts';

/** Halves from -2 to 2: their products are exact in any order of adding. */
const drawn = (length: number, seed: number): Float32Array => {
  const random = seededRandom(seed);
  return Float32Array.from({ length }, () => Math.floor(9 * random()) / 2 - 2);
};

const productOf = (numbers: Float32Array, dimension: number, [one, other]: [number, number]): number =>
  numbers.subarray(one * dimension, (one + 1) * dimension).reduce((sum, value, k) => sum + value * numbers[other * dimension + k]!, 0);

describe('nearestRows', () => {
  it('finds the same rows, in the same order, as sorting all of them', () => {
    fc.assert(fc.property(fc.integer({ min: 2, max: 150 }), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 20 }), fc.nat(), (total, dimension, wanted, seed) => {
      const count = Math.min(wanted, total - 1);
      const numbers = drawn(total * dimension, seed);
      const { rows, products } = finish(nearestRows({ numbers, dimension }, count));
      for (let row = 0; row < total; row++) {
        const others = Array.from({ length: total }, (_, other) => ({ other, product: productOf(numbers, dimension, [row, other]) }))
          .filter(({ other }) => other !== row).sort((one, next) => next.product - one.product).slice(0, count);
        expect([...rows.subarray(row * count, (row + 1) * count)]).toEqual(others.map(({ other }) => other));
        expect([...products.subarray(row * count, (row + 1) * count)]).toEqual(others.map(({ product }) => product));
      }
    }), { numRuns: 40 });
  });

  it('says how far it is, up to all pairs', () => {
    const steps = [...nearestRows({ numbers: drawn(2 * 130, 1), dimension: 2 }, 3)];
    expect(steps.map(({ done }) => done)).toEqual([64 * 130 - 64 * 65 / 2, 128 * 130 - 128 * 129 / 2, 130 * 129 / 2]);
    expect(steps.every(({ total }) => total === 130 * 129 / 2)).toBe(true);
  });

  it('refuses more neighbours than there are', () => {
    expect(() => finish(nearestRows({ numbers: drawn(6, 1), dimension: 2 }, 3))).toThrow('A row of 3 has from 1 to 2 neighbours, not 3');
  });
});
