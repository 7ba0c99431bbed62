import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BatchSampler } from './batch-sampler.ts';
import { mPerClass } from './m-per-class.ts';
import { withMined } from './mined.ts';

const labels = [...Array.from({ length: 40 }, (_, index) => index % 8), 8, 9]; // two one-image classes

const options = fc.record({
  seed: fc.nat(), share: fc.double({ min: 0.05, max: 0.95, noNaN: true }), firstBatch: fc.integer({ min: 0, max: 9 }), later: fc.integer({ min: 0, max: 20 }),
  batch: fc.record({ classesPerBatch: fc.integer({ min: 1, max: 6 }), samplesPerClass: fc.integer({ min: 1, max: 4 }) }),
  count: fc.integer({ min: 0, max: 30 }),
});
type Options = typeof options extends fc.Arbitrary<infer Value> ? Value : never;

/** Triplet i is (i, 100 + i, 200 + i): rows that the plain sampler does not have. */
function samplers({ seed, share, firstBatch, later, batch, count }: Options): { plain: BatchSampler; mixed: BatchSampler; minedAt: number } {
  const plain = mPerClass({ labels, metadata: [], seed }, batch);
  const numbers = Int32Array.from({ length: count }, (_, index) => 1000 + index);
  const triplets = { anchors: numbers, positives: numbers.map((row) => row + 100), negatives: numbers.map((row) => row + 200) };
  const minedAt = firstBatch + later;
  return { plain, mixed: withMined(plain, { triplets, share, seed, firstBatch, minedAt }), minedAt };
}

const isMined = (batch: Int32Array): boolean => batch[0]! >= 1000;

describe('a sampler with mined batches', () => {
  test('mines its share of the batches, and leaves none of the sampler\'s out', () => {
    fc.assert(fc.property(options, (given) => {
      const { plain, mixed, minedAt } = samplers({ ...given, later: 0, count: given.count + 1 });
      const batches = Array.from({ length: 60 }, (_, index) => mixed.batch(minedAt + index));
      const ofSampler = batches.filter((batch) => !isMined(batch));
      expect(Math.abs(60 - ofSampler.length - 60 * given.share)).toBeLessThan(1 + 1e-9);
      expect(ofSampler.map((batch) => [...batch])).toEqual(ofSampler.map((_, index) => [...plain.batch(given.firstBatch + index)]));
    }));
  });

  test('keeps anchor, positive and negative side by side in batches of the sampler\'s size', () => {
    fc.assert(fc.property(options, (given) => {
      const { plain, mixed, minedAt } = samplers(given);
      for (let number = minedAt; number < minedAt + 12; number++) {
        const batch = mixed.batch(number);
        expect(batch).toHaveLength(plain.batchSize);
        if (isMined(batch)) batch.forEach((row, place) => { expect(row).toBe(batch[place - (place % 3)]! + 100 * (place % 3)); });
      }
    }));
  });

  test('deals every triplet once before any comes again', () => {
    const { mixed, minedAt } = samplers({ seed: 3, share: 0.5, firstBatch: 4, later: 6, batch: { classesPerBatch: 3, samplesPerClass: 4 }, count: 20 });
    const mined = Array.from({ length: 10 }, (_, index) => mixed.batch(minedAt + index)).filter(isMined);
    const anchors = mined.flatMap((batch) => [...batch].filter((row) => row < 1100));
    expect(mined).toHaveLength(5);
    expect(new Set(anchors).size).toBe(20);
  });

  test('is the sampler where nothing was mined', () => {
    const { plain, mixed, minedAt } = samplers({ seed: 1, share: 0.5, firstBatch: 0, later: 0, batch: { classesPerBatch: 3, samplesPerClass: 2 }, count: 0 });
    expect([...mixed.batch(minedAt)]).toEqual([...plain.batch(0)]);
  });

  test('gives the same batches for the same seed, in whatever order they are asked for', () => {
    fc.assert(fc.property(options, (given) => {
      const [one, other] = [samplers(given), samplers(given)];
      const numbers = Array.from({ length: 8 }, (_, index) => one.minedAt + index);
      const forwards = numbers.map((number) => [...one.mixed.batch(number)]);
      expect(numbers.toReversed().map((number) => [...other.mixed.batch(number)]).reverse()).toEqual(forwards);
    }));
  });
});
