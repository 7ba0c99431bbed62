import { describe, expect, it } from 'vitest';
import { cosineSimilarity } from './cosine-similarity.ts';
import type { SetRows } from './fused-sets.ts';
import { setSimilarity } from './fused-sets.ts';
import { seededRandom } from './random.ts';

const random = seededRandom(9);
const [count, dimension] = [7, 12];
const templates = { embeddings: Float32Array.from({ length: count * dimension }, () => random() - 0.5), dimension, subjects: new Int32Array(count) };
const row = (at: number): Float32Array => templates.embeddings.subarray(at * dimension, (at + 1) * dimension);
const cosine = (a: number, b: number): number => cosineSimilarity(row(a), row(b));
const rows = (...places: number[]): SetRows => new Map([['', places]]);

describe('the score of two sets of templates', () => {
  const every = [0, 1, 2].flatMap((a) => [3, 4].map((b) => cosine(a, b)));

  it('is the mean of all pairs, or the highest of them', () => {
    expect(setSimilarity(templates, 'mean-score')(rows(0, 1, 2), rows(3, 4))).toBeCloseTo(every.reduce((sum, score) => sum + score, 0) / 6, 6);
    expect(setSimilarity(templates, 'max-score')(rows(0, 1, 2), rows(3, 4))).toBeCloseTo(Math.max(...every), 6);
  });

  it('is that of the mean unit templates, which for one template each is the cosine', () => {
    const unit = (at: number): number[] => [...row(at)].map((value) => value / Math.hypot(...row(at)));
    const mean = (...places: number[]): Float32Array => Float32Array.from({ length: dimension }, (_, column) => places.reduce((sum, at) => sum + unit(at)[column]!, 0));
    const score = setSimilarity(templates, 'mean-template');
    expect(score(rows(0, 1, 2), rows(3, 4))).toBeCloseTo(cosineSimilarity(mean(0, 1, 2), mean(3, 4)), 6);
    expect(score(rows(5), rows(6))).toBeCloseTo(cosine(5, 6), 6);
  });

  it('compares the same parts only, and is a failure to acquire where there are none', () => {
    const score = setSimilarity(templates, 'mean-template');
    const hand = (index: number, middle: number): SetRows => new Map([['index', [index]], ['middle', [middle]]]);
    expect(score(hand(0, 1), hand(2, 3))).toBeCloseTo((cosine(0, 2) + cosine(1, 3)) / 2, 6);
    expect(score(hand(0, 1), new Map([['middle', [3]]]))).toBeCloseTo(cosine(1, 3), 6);
    expect(score(new Map([['ring', [0]]]), hand(2, 3))).toBe(-Infinity);
  });
});
