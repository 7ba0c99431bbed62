import { describe, expect, test } from 'vitest';
import { createGallery } from './gallery.ts';

const nobody = { subjectIds: [], vectors: new Float32Array(0), removed: [] };
const x = { subjectIds: ['x'], vectors: new Float32Array([1, 0]) };
const y = { subjectIds: ['y'], vectors: new Float32Array([0, 1]) };

function namesFound(gallery: ReturnType<typeof createGallery>, revision: string, probe: number[]): unknown {
  const found = gallery.search({ revision, probe: new Float32Array(probe), limit: 9 });
  return found.stale ? 'stale' : found.candidates.map(({ subjectId, score }) => [subjectId, score]);
}

describe('the gallery', () => {
  test('of fewer subjects than asked for gives them all, and of none gives none', () => {
    const gallery = createGallery();
    gallery.update({ base: null, revision: 'b', size: 2, subjectIds: ['x', 'y'], vectors: new Float32Array([1, 0, 0, 1]), removed: [] });
    expect(namesFound(gallery, 'b', [0, 1])).toEqual([['y', 1], ['x', 0]]);
    gallery.update({ base: null, revision: 'c', size: 2, ...nobody });
    expect(namesFound(gallery, 'c', [0, 1])).toEqual([]);
  });

  test('comes in pieces, and changes by the people who changed', () => {
    const gallery = createGallery();
    gallery.update({ base: null, revision: '1', size: 2, ...nobody, ...x });
    expect(gallery.update({ base: '1', revision: '2', size: 2, ...nobody, ...y })).toMatchObject({ stale: false, rows: 2 });
    gallery.update({ base: '2', revision: '3', size: 2, subjectIds: ['z', 'y'], vectors: new Float32Array([1, 1, 0, 3]), removed: ['x', 'never here'] });
    expect(namesFound(gallery, '3', [1, 2])).toEqual([['y', 6], ['z', 3]]);
    expect(gallery.update({ base: '3', revision: '4', size: 2, ...nobody, removed: ['y', 'z'] })).toMatchObject({ rows: 0 });
    expect(namesFound(gallery, '4', [1, 2])).toEqual([]);
  });

  test('says when another revision is loaded, or none, whether it is searched or changed', () => {
    const gallery = createGallery();
    expect(namesFound(gallery, 'a', [1, 0])).toBe('stale');
    gallery.update({ base: null, revision: 'a', size: 2, ...nobody, ...x });
    expect(namesFound(gallery, 'b', [1, 0])).toBe('stale');
    expect(gallery.update({ base: 'b', revision: 'c', size: 2, ...nobody, ...y })).toEqual({ stale: true });
    expect(gallery.update({ base: 'a', revision: 'c', size: 3, ...nobody })).toEqual({ stale: true });
    expect(namesFound(gallery, 'a', [1, 0])).toEqual([['x', 1]]);
  });

  test('refuses a probe of another length, and vectors that do not fit the subjects', () => {
    const gallery = createGallery();
    gallery.update({ base: null, revision: 'a', size: 2, ...nobody, ...x });
    expect(() => gallery.search({ revision: 'a', probe: new Float32Array(3), limit: 1 })).toThrow('3 numbers');
    expect(() => gallery.update({ base: 'a', revision: 'b', size: 2, ...x, vectors: new Float32Array(3), removed: [] })).toThrow('1 subjects but 3 numbers');
  });

  test('that could not take a change over is no revision any more', () => {
    const gallery = createGallery();
    gallery.update({ base: null, revision: 'a', size: 2, ...nobody, ...x });
    expect(() => gallery.update({ base: 'a', revision: 'b', size: 2, ...nobody, subjectIds: ['y'], vectors: new Float32Array([NaN, 0]) })).toThrow('finite');
    expect(namesFound(gallery, 'a', [1, 0])).toBe('stale');
  });
});
