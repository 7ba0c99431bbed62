import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cosineSimilarity, rowSimilarity } from './cosine-similarity.ts';
import { seededRandom } from './random.ts';

const vectors = fc.integer({ min: 1, max: 11 }).chain((dimension) => {
  const vector = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: dimension, maxLength: dimension });
  return fc.tuple(vector, vector).filter((pair) => pair.every((v) => v.some((x) => x !== 0)));
});

describe('cosine similarity', () => {
  it('equals the definition', () => {
    fc.assert(
      fc.property(vectors, ([a, b]) => {
        const dot = (x: number[], y: number[]) => x.reduce((sum, value, k) => sum + value * y[k]!, 0);
        const expected = dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
        expect(cosineSimilarity(Float32Array.from(a), Float32Array.from(b))).toBeCloseTo(expected, 14);
      }),
    );
  });

  it('is symmetric, ignores lengths and stays within [-1, 1]', () => {
    fc.assert(
      fc.property(vectors, ([a, b]) => {
        const [x, y] = [Float32Array.from(a), Float32Array.from(b)];
        const value = cosineSimilarity(x, y);
        expect(cosineSimilarity(y, x)).toBe(value);
        expect(cosineSimilarity(x.map((v) => v * 4), y)).toBe(value);
        expect(Math.abs(value)).toBeLessThanOrEqual(1);
        expect(cosineSimilarity(x, x)).toBeCloseTo(1, 15);
      }),
    );
  });

  it('never leaves the range by rounding', () => {
    const random = seededRandom(1);
    for (let trial = 0; trial < 500; trial++) {
      const vector = Float32Array.from({ length: 7 }, () => random() - 0.5);
      const same = cosineSimilarity(vector, vector.map((value) => 3 * value));
      expect(same).toBeLessThanOrEqual(1);
      expect(cosineSimilarity(vector, vector.map((value) => -value))).toBeGreaterThanOrEqual(-1);
      expect(cosineSimilarity(vector, vector)).toBeLessThanOrEqual(1);
    }
  });

  it('does not exist for a vector without direction or for two lengths', () => {
    expect(() => cosineSimilarity(Float32Array.of(1, 0), Float32Array.of(0, 0))).toThrow(/row 0 has length 0/);
    expect(() => cosineSimilarity(Float32Array.of(NaN), Float32Array.of(1))).toThrow(/length NaN/);
    expect(() => cosineSimilarity(Float32Array.of(1), Float32Array.of(1, 2))).toThrow(/1 and 2 dimensions/);
    const bad = { embeddings: Float32Array.of(1, 2, 3), dimension: 2, subjects: Int32Array.of(1, 2) };
    expect(() => rowSimilarity(bad, bad)).toThrow(/3 numbers are not 2 templates/);
  });
});
