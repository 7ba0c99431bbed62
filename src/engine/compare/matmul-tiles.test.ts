import { beforeAll, describe, expect, it } from 'vitest';
import { allPairsFigures } from '../../evaluation/all-pairs-figures.ts';
import { equalErrorRate } from '../../evaluation/equal-error-rate.ts';
import { seededRandom } from '../../evaluation/random.ts';
import type { ScoreTiles } from '../../evaluation/score-tiles.ts';
import { cosineTiles } from '../../evaluation/score-tiles.ts';
import { loadTensorflow } from '../device/load-tensorflow.ts';
import { matmulTiles } from './matmul-tiles.ts';

beforeAll(async () => { await loadTensorflow(); });

const count = 1100; // three tiles a side, the last ones narrow
const random = seededRandom(6);
const centres = Float32Array.from({ length: 220 * 24 }, () => random() - 0.5);
const templates = {
  embeddings: Float32Array.from({ length: count * 24 }, (_, at) => centres[Math.floor(at / 24 / 5) * 24 + (at % 24)]! + 0.8 * (random() - 0.5)),
  dimension: 24,
  subjects: Int32Array.from({ length: count }, (_, row) => Math.floor(row / 5)),
};

/** Every score by its pair; a pair seen twice is an error. */
function scoresOf({ walk }: ScoreTiles): Map<number, number> {
  const scores = new Map<number, number>();
  for (const { top, left, height, width, scores: cells } of walk()) {
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        const [i, j] = [top + row, left + column];
        if (i >= j) continue;
        if (scores.has(i * count + j)) throw new Error(`${i} and ${j} are compared twice.`);
        scores.set(i * count + j, cells[row * width + column]!);
      }
    }
  }
  return scores;
}

describe('all comparisons by the matrix product', () => {
  it('are each pair once, within 1e-6 of float64, and the same in every walk', () => {
    const tiles = matmulTiles(templates);
    const [ours, exact] = [scoresOf(tiles), scoresOf(cosineTiles(templates))];
    expect(ours.size).toBe((count * (count - 1)) / 2);
    let worst = 0;
    for (const [pair, score] of exact) worst = Math.max(worst, Math.abs(score - ours.get(pair)!));
    expect(worst).toBeLessThan(1e-6);
    expect(scoresOf(tiles)).toEqual(ours);
  });

  it('give the figures that float64 gives', () => {
    const plan = { targets: [0.01], ks: [1, 8] };
    const [ours, exact] = [allPairsFigures(matmulTiles(templates), plan), allPairsFigures(cosineTiles(templates), plan)];
    expect(ours.roc.area).toBeCloseTo(exact.roc.area, 6);
    expect(equalErrorRate(ours.roc.points).rate).toBeCloseTo(equalErrorRate(exact.roc.points).rate, 5);
    expect(ours.retrieval.recallAtK[0]!.recall).toBeCloseTo(exact.retrieval.recallAtK[0]!.recall, 2);
    expect(exact.retrieval.recallAtK[0]!.recall).toBeGreaterThan(0.5);
  });

  it('are refused for a template without direction', () => {
    expect(() => matmulTiles({ ...templates, embeddings: templates.embeddings.map((value, at) => (at < 24 ? 0 : value)) })).toThrow(/row 0 has length 0/);
  });
});
