import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kMeans } from './k-means.ts';
import { normalizedMutualInformation } from './normalized-mutual-information.ts';
import { seededRandom } from './random.ts';

const blobs = [
  0.2, -0.0, -0.1, -0.6, -0.2, 0.6, -0.1, -0.7, 0.7, 0.3, 1.1, 0.0, -0.2, -0.7, 0.7, 1.3, 3.6, -0.3, 4.3, -0.4, 3.9, -0.2,
  4.1, 0.5, 4.0, 0.5, 3.8, 0.2, 2.9, -0.7, 4.4, -0.3, 0.3, 4.3, 0.7, 4.4, 0.5, 3.9, -0.3, 3.6, -0.2, 3.4, -0.3, 4.0, 0.1,
  3.8, -1.0, 4.0,
];
const templatesOf = (numbers: number[]) => ({
  embeddings: Float32Array.from(numbers),
  dimension: 2,
  subjects: new Int32Array(numbers.length / 2),
});
const planOf = (clusters: number, seed: number) => ({ clusters, maximumIterations: 100, random: seededRandom(seed) });

describe('k-means', () => {
  it('finds the optimum that scikit-learn finds on three blobs', () => {
    // scikit-learn 1.9.1: KMeans(3, n_init=50, random_state=0, tol=0).fit(blobs).inertia_, and the blobs as clusters
    const { labels, inertia, converged } = kMeans(templatesOf(blobs), planOf(3, 1));
    expect(inertia).toBeCloseTo(10.9875, 5); // the embeddings here are float32
    expect(converged).toBe(true);
    const truth = Int32Array.from(labels, (_, row) => Math.floor(row / 8));
    expect(normalizedMutualInformation(truth, labels)).toBeCloseTo(1, 12);
  });

  it('reaches its best of many seeds at five clusters, and never beats it', () => {
    // KMeans(5, n_init=500, random_state=0, tol=0).fit(blobs).inertia_
    const inertias = Array.from({ length: 60 }, (_, seed) => kMeans(templatesOf(blobs), planOf(5, seed)).inertia);
    expect(Math.min(...inertias)).toBeCloseTo(6.249083333333333, 5);
  });

  it('leaves every template at its nearest center and every center at its mean', () => {
    const someBlobs = fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 2, maxLength: 40 }).filter((a) => a.length % 2 === 0);
    fc.assert(
      fc.property(someBlobs, fc.nat(), fc.nat(), (numbers, size, seed) => {
        const count = numbers.length / 2;
        const clusters = 1 + (size % count);
        const { labels, centers, inertia, converged } = kMeans(templatesOf(numbers), planOf(clusters, seed));
        expect(converged).toBe(true);
        const distance = (row: number, cluster: number) =>
          (numbers[2 * row]! - centers[2 * cluster]!) ** 2 + (numbers[2 * row + 1]! - centers[2 * cluster + 1]!) ** 2;
        let sum = 0;
        labels.forEach((label, row) => {
          for (let cluster = 0; cluster < clusters; cluster++) {
            expect(distance(row, label)).toBeLessThanOrEqual(distance(row, cluster) + 1e-12);
          }
          sum += distance(row, label);
        });
        expect(inertia).toBeCloseTo(sum, 9);
        for (let cluster = 0; cluster < clusters; cluster++) {
          const rows = [...labels.keys()].filter((row) => labels[row] === cluster);
          if (rows.length === 0) continue;
          const mean = rows.reduce((total, row) => total + numbers[2 * row]!, 0) / rows.length;
          expect(centers[2 * cluster]).toBeCloseTo(mean, 9);
        }
      }),
    );
  });

  it('does not split templates that are all alike', () => {
    const { labels, centers, converged } = kMeans(templatesOf([1, 2, 1, 2, 1, 2]), planOf(2, 0));
    expect(converged).toBe(true);
    expect(new Set(labels).size).toBe(1);
    expect([...centers]).toEqual([1, 2, 1, 2]);
  });

  it('repeats for the same seed', () => {
    expect(kMeans(templatesOf(blobs), planOf(4, 3))).toEqual(kMeans(templatesOf(blobs), planOf(4, 3)));
  });

  it('says when the iterations ran out, and refuses a plan that makes no sense', () => {
    expect(kMeans(templatesOf(blobs), { ...planOf(5, 0), maximumIterations: 1 }).converged).toBe(false);
    for (const clusters of [0, 25, 1.5]) expect(() => kMeans(templatesOf(blobs), planOf(clusters, 1))).toThrow(/clusters/);
    expect(() => kMeans(templatesOf(blobs), { ...planOf(2, 1), maximumIterations: 0 })).toThrow(/iteration/);
  });
});
