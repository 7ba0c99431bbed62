import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { cosine, squaredEuclidean } from '../distances/distance.ts';
import { createOfflineSearch } from './offline.ts';
import type { EmbeddedSet, OfflineOptions } from './offline.ts';

beforeAll(() => tf.setBackend('cpu'));

type Triplet = [anchor: number, positive: number, negative: number];

function mined(set: EmbeddedSet, options: OfflineOptions): Triplet[] {
  const search = createOfflineSearch(set, options);
  for (let tile = 0; tile < search.tiles; tile++) search.look(tile);
  const { anchors, positives, negatives } = search.found();
  return [...anchors].map((anchor, item) => [anchor, positives[item]!, negatives[item]!]);
}

/** Every triplet of the set, one by one, in float64. */
function oracle({ embeddings, width, labels }: EmbeddedSet, distance: (a: number[], b: number[]) => number, recipe: OfflineOptions['recipe']): Triplet[] {
  const row = (index: number): number[] => [...embeddings.subarray(index * width, (index + 1) * width)];
  const far = (a: number, b: number): number => distance(row(a), row(b));
  const isIn = (gap: number): boolean => {
    if (recipe.triplets === 'hard') return gap <= 0;
    return gap <= recipe.margin && (recipe.triplets === 'both' || gap > 0);
  };
  const all = [...labels.keys()];
  return all.flatMap((anchor) => {
    const positives = all.filter((other) => other !== anchor && labels[other] === labels[anchor]).sort((a, b) => far(anchor, b) - far(anchor, a) || a - b);
    return positives.slice(0, recipe.positives).flatMap((positive): Triplet[] => {
      const negatives = all.filter((other) => labels[other] !== labels[anchor] && isIn(far(anchor, other) - far(anchor, positive)));
      const nearest = negatives.sort((a, b) => far(anchor, a) - far(anchor, b) || a - b)[0];
      return nearest === undefined ? [] : [[anchor, positive, nearest]];
    });
  });
}

const squared = (a: number[], b: number[]): number => a.reduce((sum, value, index) => sum + (value - b[index]!) ** 2, 0);

const recipes = fc.record({
  triplets: fc.constantFrom('hard' as const, 'semi-hard' as const, 'both' as const),
  margin: fc.integer({ min: 0, max: 12 }),
  positives: fc.integer({ min: 1, max: 4 }),
});

/** Whole numbers, so that distances are exact and ties are frequent; some classes have one image. */
const sets = fc.array(fc.record({ label: fc.integer({ min: 0, max: 5 }), row: fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 3, maxLength: 3 }) }), { minLength: 1, maxLength: 24 })
  .map((rows): EmbeddedSet => ({ embeddings: Float32Array.from(rows.flatMap(({ row }) => row)), width: 3, labels: Int32Array.from(rows, ({ label }) => label) }));

describe('mining over a whole set', () => {
  test('finds what looking at every triplet finds, whatever the size of its tiles', () => {
    fc.assert(fc.property(recipes, sets, fc.integer({ min: 1, max: 100 }), (recipe, set, tileCells) => {
      expect(mined(set, { recipe, distance: squaredEuclidean, isUnit: false, tileCells })).toEqual(oracle(set, squared, recipe));
    }));
  });

  test('compares directions where the loss does', () => {
    const angles = [0, 0.5, 1.1, 0.45, 2, 2.8];
    const lengths = [1, 7, 0.3, 2, 5, 0.01];
    const set = { embeddings: Float32Array.from(angles.flatMap((angle, index) => [lengths[index]! * Math.cos(angle), lengths[index]! * Math.sin(angle)])), width: 2, labels: Int32Array.of(0, 0, 0, 1, 1, 2) };
    const recipe = { triplets: 'hard', margin: 0, positives: 1 } as const;
    const byAngle = (a: number[], b: number[]): number => 1 - Math.cos(Math.atan2(a[1]!, a[0]!) - Math.atan2(b[1]!, b[0]!));
    expect(mined(set, { recipe, distance: cosine, isUnit: true })).toEqual(oracle(set, byAngle, recipe));
    expect(mined(set, { recipe, distance: squaredEuclidean, isUnit: false })).not.toEqual(mined(set, { recipe, distance: cosine, isUnit: true }));
  });

  test('has no anchor of a one-image class, but takes it as a negative', () => {
    const set = { embeddings: Float32Array.of(0, 3, 1), width: 1, labels: Int32Array.of(0, 0, 1) };
    expect(mined(set, { recipe: { triplets: 'both', margin: 9, positives: 1 }, distance: squaredEuclidean, isUnit: false })).toEqual([[0, 1, 2], [1, 0, 2]]);
  });

  test('holds no table of all pairs: 4,000 rows in tiles of 100 at a time', () => {
    const rows = 4000;
    const set = { embeddings: Float32Array.from({ length: rows * 2 }, (_, index) => Math.sin(index * 0.7)), width: 2, labels: Int32Array.from({ length: rows }, (_, index) => index % 50) };
    const search = createOfflineSearch(set, { recipe: { triplets: 'hard', margin: 0, positives: 1 }, distance: cosine, isUnit: true, tileCells: 400_000 });
    expect(search.tiles).toBe(40);
    const before = tf.memory().numBytes;
    search.look(0);
    expect(tf.memory().numBytes).toBe(before);
    expect(new Set(search.found().anchors).size).toBe(100);
  });

  test('names the row that is not finite', () => {
    const set = { embeddings: Float32Array.of(1, 0, NaN, 1), width: 2, labels: Int32Array.of(0, 1) };
    const options: OfflineOptions = { recipe: { triplets: 'hard', margin: 0, positives: 1 }, distance: cosine, isUnit: true };
    expect(() => createOfflineSearch(set, options)).toThrow(expect.objectContaining({ code: 'not-finite', row: 1 }));
  });
});
