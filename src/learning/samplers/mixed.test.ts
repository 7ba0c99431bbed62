import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Sampler } from '../../contract/recipe/training.ts';
import { shareOut } from './mixed.ts';
import type { MixedInput } from './mixed.ts';
import { createSampler } from './samplers.ts';

/** Two to four datasets of classes of one to five images; class numbers are the run's own, so datasets never share one. */
const sets = fc
  .record({
    sizes: fc.array(fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 7 }), { minLength: 2, maxLength: 4 }),
    seed: fc.nat(), mixing: fc.constantFrom('proportional' as const, 'equal' as const),
  })
  .map(({ sizes, seed, mixing }): MixedInput => {
    const classes = sizes.flatMap((ofDataset, dataset) => ofDataset.map((size) => ({ size, dataset })));
    const rows = classes.flatMap(({ size, dataset }, label) => new Array(size).fill({ label, dataset }) as { label: number; dataset: number }[]);
    return { labels: rows.map(({ label }) => label), datasets: rows.map(({ dataset }) => dataset), metadata: rows.map(({ label }) => ({ group: `g${label % 2}` })), seed, mixing };
  });

const recipes: fc.Arbitrary<Sampler> = fc.oneof(
  fc.record({ name: fc.constant('m-per-class' as const), classesPerBatch: fc.integer({ min: 4, max: 12 }), samplesPerClass: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ name: fc.constant('n-pair' as const), classesPerBatch: fc.integer({ min: 4, max: 12 }) }),
  fc.record({ name: fc.constant('random' as const), batchSize: fc.integer({ min: 4, max: 30 }) }),
  fc.record({ name: fc.constant('class-balanced' as const), batchSize: fc.integer({ min: 4, max: 30 }) }),
  fc.record({ name: fc.constant('hierarchical' as const), column: fc.constant('group'), superClassesPerBatch: fc.integer({ min: 1, max: 3 }), classesPerBatch: fc.integer({ min: 4, max: 9 }), samplesPerClass: fc.integer({ min: 1, max: 3 }) }),
);

const counts = (batch: Int32Array, { datasets }: MixedInput): number[] => {
  const found = new Map<number, number>();
  for (const row of batch) found.set(datasets[row]!, (found.get(datasets[row]!) ?? 0) + 1);
  return [...found].sort(([a], [b]) => a - b).map(([, count]) => count);
};

describe('a batch from several datasets', () => {
  test('holds every dataset, as much of each in every batch', () => {
    fc.assert(fc.property(recipes, sets, (recipe, set) => {
      const sampler = createSampler(recipe, set);
      const first = counts(sampler.batch(0), set);
      expect(first).toHaveLength(new Set(Array.from(set.datasets)).size);
      for (let number = 1; number < 8; number++) {
        const batch = sampler.batch(number);
        expect(batch).toHaveLength(sampler.batchSize);
        if (recipe.name !== 'hierarchical') expect(counts(batch, set)).toEqual(first);
      }
    }));
  });

  test('comes up with every sample of every dataset in the end', () => {
    fc.assert(fc.property(recipes, sets, (recipe, set) => {
      const sampler = createSampler(recipe, set);
      const seen = new Set<number>();
      for (let number = 0; number < 60 * set.labels.length && seen.size < set.labels.length; number++) for (const row of sampler.batch(number)) seen.add(row);
      expect(seen.size).toBe(set.labels.length);
    }));
  });

  test('is the same for the same seed, in whatever order it is asked for', () => {
    fc.assert(fc.property(recipes, sets, (recipe, set) => {
      const [one, other] = [createSampler(recipe, set), createSampler(recipe, set)];
      const forwards = [0, 1, 2, 3].map((number) => [...one.batch(number)]);
      expect([3, 2, 1, 0].map((number) => [...other.batch(number)]).reverse()).toEqual(forwards);
    }));
  });

  const labels = [...Array.from({ length: 60 }, (_, row) => row % 30), ...Array.from({ length: 20 }, (_, row) => 30 + (row % 10))];
  const two = (mixing: 'equal' | 'proportional'): MixedInput => ({ labels, datasets: labels.map((label) => Number(label >= 30)), metadata: labels.map(() => ({})), seed: 1, mixing });

  test('follows the rule of its recipe: by the number of classes, or the same of each', () => {
    const recipe: Sampler = { name: 'm-per-class', classesPerBatch: 8, samplesPerClass: 2 };
    expect(counts(createSampler(recipe, two('proportional')).batch(3), two('proportional'))).toEqual([12, 4]);
    expect(counts(createSampler(recipe, two('equal')).batch(3), two('equal'))).toEqual([8, 8]);
    expect(createSampler(recipe, two('equal')).batchesPerEpoch).toBe(5);
  });

  test('must have room for all of them', () => {
    expect(() => createSampler({ name: 'n-pair', classesPerBatch: 1 }, two('equal'))).toThrow('A batch of 1 classes cannot hold all 2 datasets');
  });

  test('shares out everything, at least one each, and nearly by weight', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 6 }), fc.integer({ min: 6, max: 80 }), (weights, total) => {
      const parts = shareOut(total, weights, 'classes');
      expect(parts.reduce((sum, part) => sum + part, 0)).toBe(total);
      expect(Math.min(...parts)).toBeGreaterThanOrEqual(1);
      const sum = weights.reduce((all, weight) => all + weight, 0);
      parts.forEach((part, index) => { expect(part).toBeLessThan(Math.max(1, (total * weights[index]!) / sum) + 1); });
    }));
  });
});
