import { describe, expect, test } from 'vitest';
import { randomStream } from '../../learning/random.ts';
import { createGallery } from './gallery.ts';

function randomUnits(rows: number, size: number): Float32Array {
  const random = randomStream(1, 'gallery');
  const vectors = Float32Array.from({ length: rows * size }, () => random.normal());
  for (let start = 0; start < vectors.length; start += size) {
    const length = Math.hypot(...vectors.subarray(start, start + size));
    for (let column = start; column < start + size; column++) vectors[column]! /= length;
  }
  return vectors;
}

describe('the gallery', () => {
  const size = 13;
  const vectors = randomUnits(500, size);
  const subjectIds = Array.from({ length: 500 }, (_, row) => `s${row}`);

  test('finds what a full sort finds, in its order', () => {
    const gallery = createGallery();
    gallery.load({ revision: 'a', subjectIds, size, vectors });
    const probe = vectors.slice(7 * size, 8 * size);
    const all = subjectIds.map((subjectId, row) => ({ subjectId, score: probe.reduce((sum, value, column) => sum + value * vectors[row * size + column]!, 0) }));
    all.sort((a, b) => b.score - a.score);
    const found = gallery.search({ revision: 'a', probe, limit: 6 });
    expect(!found.stale && found.candidates.map(({ subjectId }) => subjectId)).toEqual(all.slice(0, 6).map(({ subjectId }) => subjectId));
    expect(!found.stale && found.candidates[0]).toEqual({ subjectId: 's7', score: expect.closeTo(1, 5) });
  });

  test('of fewer subjects than asked for gives them all, and of none gives none', () => {
    const gallery = createGallery();
    gallery.load({ revision: 'b', subjectIds: ['x', 'y'], size: 2, vectors: new Float32Array([1, 0, 0, 1]) });
    expect(gallery.search({ revision: 'b', probe: new Float32Array([0, 1]), limit: 9 })).toEqual({ stale: false, candidates: [{ subjectId: 'y', score: 1 }, { subjectId: 'x', score: 0 }] });
    gallery.load({ revision: 'c', subjectIds: [], size: 2, vectors: new Float32Array(0) });
    expect(gallery.search({ revision: 'c', probe: new Float32Array([0, 1]), limit: 9 })).toEqual({ stale: false, candidates: [] });
  });

  test('says when another revision is loaded, or none', () => {
    const gallery = createGallery();
    expect(gallery.search({ revision: 'a', probe: new Float32Array(2), limit: 1 })).toEqual({ stale: true });
    gallery.load({ revision: 'a', subjectIds: ['x'], size: 2, vectors: new Float32Array(2) });
    expect(gallery.search({ revision: 'b', probe: new Float32Array(2), limit: 1 })).toEqual({ stale: true });
  });

  test('refuses a probe of another length, and vectors that do not fit the subjects', () => {
    const gallery = createGallery();
    gallery.load({ revision: 'a', subjectIds: ['x'], size: 2, vectors: new Float32Array(2) });
    expect(() => gallery.search({ revision: 'a', probe: new Float32Array(3), limit: 1 })).toThrow('3 numbers');
    expect(() => gallery.load({ revision: 'a', subjectIds: ['x'], size: 2, vectors: new Float32Array(3) })).toThrow('1 subjects but 3 numbers');
  });
});
