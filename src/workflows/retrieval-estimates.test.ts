import { describe, expect, it } from 'vitest';
import { fewestSubjects } from '../contract/vocabulary.ts';
import { seededRandom } from '../evaluation/random.ts';
import { FEWEST_SUBJECTS } from '../evaluation/resample-subjects.ts';
import { retrievalFigures } from '../evaluation/retrieval.ts';
import { finish } from '../evaluation/steps.ts';
import type { TemplateSet } from '../evaluation/template-set.ts';
import { retrievalEstimates } from './retrieval-estimates.ts';

/** So many subjects with so many templates each, mates nearer to each other the less noise there is. */
function templates({ subjects, each, noise }: { subjects: number; each: number; noise: number }): TemplateSet {
  const random = seededRandom(7);
  const dimension = 8;
  const centres = Array.from({ length: subjects }, () => Array.from({ length: dimension }, () => random() - 0.5));
  const rows = centres.flatMap((centre) => Array.from({ length: each }, () => centre.map((value) => value + noise * (random() - 0.5))));
  return { embeddings: Float32Array.from(rows.flat()), dimension, subjects: Int32Array.from(rows, (_, row) => Math.floor(row / each)) };
}

const estimatesOf = (set: TemplateSet) => finish(retrievalEstimates(set, 1));

describe('retrieval in a report', () => {
  it('has the figures of the evaluation room, each with an interval around it', () => {
    const set = templates({ subjects: 8, each: 4, noise: 2 });
    const report = estimatesOf(set)!;
    const expected = retrievalFigures(set, [1, 5, 10]);
    expect(report.recallAtK.map(({ k, recall }) => ({ k, recall: recall.value }))).toEqual(expected.recallAtK);
    expect(report.precisionAt1.value).toBe(expected.precisionAt1);
    expect(report.rPrecision.value).toBe(expected.rPrecision);
    expect(report.meanAveragePrecisionAtR.value).toBe(expected.meanAveragePrecisionAtR);
    expect(report).toMatchObject({ queries: 32, excluded: 0 });
    for (const { value, low, high } of [report.precisionAt1, report.rPrecision, report.meanAveragePrecisionAtR]) {
      expect(low!).toBeLessThan(value);
      expect(high!).toBeGreaterThan(value);
    }
    expect(estimatesOf(set)).toEqual(report);
  });

  it('finds the subjects again where they are apart, and by chance only where they are not', () => {
    const apart = estimatesOf(templates({ subjects: 8, each: 4, noise: 0.01 }))!;
    expect(apart.clustering).toEqual({ clusters: 8, nmi: expect.closeTo(1, 12), ami: expect.closeTo(1, 12), converged: true });
    expect(apart.precisionAt1, 'no miss in 32 searches').toEqual({ value: 1, low: 1 - 3 / 32, high: 1 });
    const mixed = estimatesOf(templates({ subjects: 8, each: 4, noise: 50 }))!.clustering!;
    expect(Math.abs(mixed.ami)).toBeLessThan(0.25);
    expect(mixed.nmi).toBeGreaterThan(mixed.ami);
  });

  it('counts the samples without a mate, and is null when there are no others', () => {
    expect(estimatesOf(templates({ subjects: 8, each: 1, noise: 1 }))).toBeNull();
    const set = templates({ subjects: 3, each: 2, noise: 1 });
    const withOneMore = { ...set, embeddings: Float32Array.of(...set.embeddings, ...set.embeddings.slice(0, 8).map((value) => -value)), subjects: Int32Array.of(...set.subjects, 9) };
    expect(estimatesOf(withOneMore)).toMatchObject({ queries: 6, excluded: 1 });
  });

  it('leaves the clustering out where it would take minutes', () => {
    const [count, dimension] = [3002, 100];
    const random = seededRandom(3);
    const embeddings = Float32Array.from({ length: count * dimension }, () => random() - 0.5);
    // Everybody once, but the last twice: two searches, and very many clusters.
    const subjects = Int32Array.from({ length: count }, (_, row) => Math.min(row, count - 2));
    expect(estimatesOf({ embeddings, dimension, subjects })).toMatchObject({ queries: 2, excluded: 3000, clustering: null });
  });
});

it('the rooms agree from how many subjects on there are intervals', () => expect(fewestSubjects).toBe(FEWEST_SUBJECTS));
