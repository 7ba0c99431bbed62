import { describe, expect, it } from 'vitest';
import { retrievalFigures, retrievalSteps } from './retrieval.ts';

describe('the figures of a template set', () => {
  /*
   * Made with scikit-learn 1.9.1: NearestNeighbors(n_neighbors=14, metric='cosine', algorithm='brute') on
   * X = round(default_rng(11) normals + eye(5, 3)[y], 2) with the query dropped from its own list, then the definitions
   * in numpy: hit[:k].any(), hit[:R].mean(), sum(hit[:i].mean() * hit[i - 1] for i in 1..R) / R.
   */
  const templates = {
    embeddings: Float32Array.of(
      0.75, 0.78, -0.44, 0.98, 0.34, -0.88, 1.6, -0.1, 0.49, 0.48, 1.09, 0.61, -0.18, 1.63, 1.26, 1.79, -0.57, 0.88, 0.47,
      0.91, -1.01, 1.26, -1.26, 1.57, 1.3, -1.6, 0.7, -1.31, 0.24, 2.51, 2.02, -1.78, 0.43, 0.7, 1.58, 1.42, -0.75, 0.3,
      -0.02, -0.2, -0.73, 0.39,
    ),
    dimension: 3,
    subjects: Int32Array.of(0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 2, 2, 3, 4),
  };

  it('equal the golden values, templates without a mate excluded and counted', () => {
    const figures = retrievalFigures(templates, [1, 2, 4]);
    expect(figures.recallAtK).toEqual([
      { k: 1, recall: 1 / 3 },
      { k: 2, recall: 0.5 },
      { k: 4, recall: 2 / 3 },
    ]);
    expect(figures.precisionAt1).toBe(1 / 3);
    expect(figures.rPrecision).toBeCloseTo(0.3055555555555555, 15);
    expect(figures.meanAveragePrecisionAtR).toBeCloseTo(0.21643518518518515, 15);
    expect(figures).toMatchObject({ queries: 12, excluded: 2 });
  });

  it('are zero for an embedding collapsed to one point and one for perfect groups', () => {
    const subjects = Int32Array.of(5, 5, 6, 6);
    const collapsed = { embeddings: new Float32Array(8).fill(1), dimension: 2, subjects };
    expect(retrievalFigures(collapsed, [1])).toMatchObject({ precisionAt1: 0, rPrecision: 0, meanAveragePrecisionAtR: 0 });
    const perfect = { embeddings: Float32Array.of(1, 0, 2, 0, 0, 1, 0, 3), dimension: 2, subjects };
    expect(retrievalFigures(perfect, [1])).toMatchObject({ precisionAt1: 1, rPrecision: 1, meanAveragePrecisionAtR: 1 });
  });

  it('are refused when nobody has two templates', () => {
    const alone = { embeddings: Float32Array.of(1, 2), dimension: 1, subjects: Int32Array.of(1, 2) };
    expect(() => retrievalFigures(alone, [1])).toThrow(/No subject has two templates/);
  });

  it('report their progress in queries', () => {
    const many = { embeddings: new Float32Array(70).fill(1), dimension: 1, subjects: new Int32Array(70) };
    expect([...retrievalSteps(many, [1])]).toEqual([
      { done: 32, total: 70 },
      { done: 64, total: 70 },
    ]);
  });
});
