import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Sampler } from '../../contract/recipe/training.ts';
import type { BatchSampler } from './batch-sampler.ts';
import { createSampler } from './samplers.ts';

/** Class sizes, some of them one image, as labels in a mixed order. */
const sets = fc
  .record({ sizes: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 2, maxLength: 14 }), seed: fc.nat() })
  .map(({ sizes, seed }) => ({ labels: sizes.flatMap((size, label) => new Array<number>(size).fill(label)), seed }));

const recipes: fc.Arbitrary<Sampler> = fc.oneof(
  fc.record({ name: fc.constant('m-per-class' as const), classesPerBatch: fc.integer({ min: 1, max: 6 }), samplesPerClass: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ name: fc.constant('n-pair' as const), classesPerBatch: fc.integer({ min: 1, max: 6 }) }),
  fc.record({ name: fc.constant('random' as const), batchSize: fc.integer({ min: 2, max: 20 }) }),
  fc.record({ name: fc.constant('class-balanced' as const), batchSize: fc.integer({ min: 2, max: 20 }) }),
  fc.record({
    name: fc.constant('hierarchical' as const),
    column: fc.constant('group'),
    superClassesPerBatch: fc.integer({ min: 1, max: 3 }),
    classesPerBatch: fc.integer({ min: 1, max: 6 }),
    samplesPerClass: fc.integer({ min: 1, max: 4 }),
  }),
);

function samplerOf(recipe: Sampler, { labels, seed }: { labels: number[]; seed: number }): BatchSampler {
  const metadata = labels.map((label) => ({ group: `g${label % 3}` }));
  return createSampler(recipe, { labels, metadata, seed });
}

const batches = (sampler: BatchSampler, count: number): number[][] => Array.from({ length: count }, (_, number) => [...sampler.batch(number)]);

describe('every sampler', () => {
  test('gives batches of its size, of rows that exist', () => {
    fc.assert(fc.property(recipes, sets, (recipe, set) => {
      const sampler = samplerOf(recipe, set);
      for (const batch of batches(sampler, 7)) {
        expect(batch).toHaveLength(sampler.batchSize);
        expect(batch.every((row) => Number.isInteger(row) && row >= 0 && row < set.labels.length)).toBe(true);
      }
    }));
  });

  test('deals every sample in the end, those of one-image classes included', () => {
    fc.assert(fc.property(recipes, sets, (recipe, set) => {
      const sampler = samplerOf(recipe, set);
      const seen = new Set<number>();
      const patience = 40 * set.labels.length;
      for (let number = 0; number < patience && seen.size < set.labels.length; number++) for (const row of sampler.batch(number)) seen.add(row);
      expect(seen.size).toBe(set.labels.length);
    }));
  });

  test('deals the same batches for the same seed, in whatever order they are asked for', () => {
    fc.assert(fc.property(recipes, sets, (recipe, set) => {
      const forwards = batches(samplerOf(recipe, set), 6);
      const other = samplerOf(recipe, set);
      const backwards = [5, 4, 3, 2, 1, 0].map((number) => [...other.batch(number)]).reverse();
      expect(backwards).toEqual(forwards);
    }));
  });
});

describe('m-per-class', () => {
  test('takes m samples of each of k different classes, without repeating one while the class has others', () => {
    fc.assert(fc.property(sets, fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }), (set, classesPerBatch, samplesPerClass) => {
      const sampler = samplerOf({ name: 'm-per-class', classesPerBatch, samplesPerClass }, set);
      const classes = new Set(set.labels).size;
      for (const batch of batches(sampler, 8)) {
        const byClass = Map.groupBy(batch, (row) => set.labels[row]!);
        expect(byClass.size).toBe(Math.min(classes, classesPerBatch));
        for (const [label, rows] of byClass) {
          const available = set.labels.filter((other) => other === label).length;
          expect(rows).toHaveLength(samplesPerClass);
          expect(new Set(rows).size).toBe(Math.min(samplesPerClass, available));
        }
      }
    }));
  });

  test('gives other batches for another seed', () => {
    const labels = Array.from({ length: 60 }, (_, index) => index % 12);
    const recipe: Sampler = { name: 'm-per-class', classesPerBatch: 4, samplesPerClass: 3 };
    expect(batches(samplerOf(recipe, { labels, seed: 1 }), 4)).not.toEqual(batches(samplerOf(recipe, { labels, seed: 2 }), 4));
  });

  test('sees about as many samples in an epoch as there are', () => {
    const labels = Array.from({ length: 240 }, (_, index) => index % 24);
    expect(samplerOf({ name: 'm-per-class', classesPerBatch: 8, samplesPerClass: 4 }, { labels, seed: 1 }).batchesPerEpoch).toBe(8);
  });
});

test('n-pair puts the two samples of a class next to each other', () => {
  const labels = Array.from({ length: 30 }, (_, index) => Math.floor(index / 3));
  for (const batch of batches(samplerOf({ name: 'n-pair', classesPerBatch: 5 }, { labels, seed: 3 }), 5)) {
    for (let pair = 0; pair < batch.length; pair += 2) {
      expect(labels[batch[pair]!]).toBe(labels[batch[pair + 1]!]);
      expect(batch[pair]).not.toBe(batch[pair + 1]);
    }
  }
});

test('class-balanced deals a large class no more often than a small one', () => {
  const labels = [...new Array<number>(50).fill(0), 1, 2, 2];
  const sampler = samplerOf({ name: 'class-balanced', batchSize: 9 }, { labels, seed: 5 });
  const counts = [0, 0, 0];
  for (const batch of batches(sampler, 20)) for (const row of batch) counts[labels[row]!]!++;
  expect(counts).toEqual([60, 60, 60]);
});

describe('hierarchical', () => {
  test('draws the classes of a batch from the asked number of super-classes', () => {
    const labels = Array.from({ length: 90 }, (_, index) => index % 30);
    const recipe: Sampler = { name: 'hierarchical', column: 'group', superClassesPerBatch: 2, classesPerBatch: 6, samplesPerClass: 2 };
    for (const batch of batches(samplerOf(recipe, { labels, seed: 2 }), 9)) {
      const classes = new Set(batch.map((row) => labels[row]!));
      expect(classes.size).toBe(6);
      expect(new Set([...classes].map((label) => label % 3)).size).toBe(2);
    }
  });

  test('names the column that is missing', () => {
    const recipe: Sampler = { name: 'hierarchical', column: 'sensor', superClassesPerBatch: 2, classesPerBatch: 6, samplesPerClass: 2 };
    expect(() => samplerOf(recipe, { labels: [0, 0, 1, 1], seed: 1 })).toThrow('"sensor"');
  });
});

describe('two-branch', () => {
  const sensors = ['contact', 'phone'];
  const rows = Array.from({ length: 60 }, (_, index) => ({ label: Math.floor(index / 6), sensor: sensors[index % 2]! }));
  const recipe: Sampler = { name: 'two-branch', column: 'sensor', classesPerBatch: 4, samplesPerBranch: 1 };
  const over = (samples: readonly { label: number; sensor: string }[], sampler = recipe): BatchSampler =>
    createSampler(sampler, { labels: samples.map(({ label }) => label), metadata: samples.map(({ sensor }) => ({ sensor })), seed: 6 });

  test('has no positive within a branch', () => {
    for (const batch of batches(over(rows), 12)) {
      expect(batch).toHaveLength(8);
      const byClass = Map.groupBy(batch, (row) => rows[row]!.label);
      expect(byClass.size).toBe(4);
      for (const members of byClass.values()) expect(members.map((row) => rows[row]!.sensor).sort()).toEqual(sensors);
    }
  });

  test('deals every sample of both branches, and the same batches whenever asked', () => {
    const seen = new Set(batches(over(rows), 30).flat());
    expect(seen.size).toBe(rows.length);
    expect(over(rows).batch(9)).toEqual(over(rows).batch(9));
    expect(over(rows).batch(9)).not.toEqual(over(rows).batch(10));
  });

  test('leaves a class of one branch out, deals three branches in turn, and takes m of each', () => {
    const lonely = { label: 10, sensor: 'phone' };
    const third = Array.from({ length: 10 }, (_, label) => ({ label, sensor: 'scanner' }));
    const samples = [...rows, lonely, ...third];
    const sampler = over(samples, { ...recipe, samplesPerBranch: 2 });
    const met = new Set<string>();
    for (const batch of batches(sampler, 30)) {
      expect(batch).toHaveLength(16);
      for (const members of Map.groupBy(batch, (row) => samples[row]!.label).values()) {
        const branches = [...new Set(members.map((row) => samples[row]!.sensor))].sort();
        expect(branches).toHaveLength(2);
        met.add(branches.join());
      }
      expect(batch).not.toContain(rows.length);
    }
    expect([...met].sort()).toEqual(['contact,phone', 'contact,scanner', 'phone,scanner']);
  });

  test('says what is missing', () => {
    expect(() => over(rows, { ...recipe, column: 'lamp' })).toThrow('"lamp", but sample 0');
    expect(() => over(rows.filter(({ sensor }) => sensor === 'phone'))).toThrow('two values of the column "sensor"');
  });
});

test('an empty training set is refused', () => {
  expect(() => samplerOf({ name: 'random', batchSize: 2 }, { labels: [], seed: 1 })).toThrow('no training samples');
});
