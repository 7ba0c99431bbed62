import { describe, expect, it } from 'vitest';
import { compareProbes, searchGallery } from './compare-probes.ts';
import { cosineSimilarity } from './cosine-similarity.ts';
import { randomInteger, seededRandom } from './random.ts';

const random = seededRandom(12);
const dimension = 3;
const someTemplates = (count: number, subjects: number) => ({
  embeddings: Float32Array.from({ length: count * dimension }, () => random() - 0.5),
  dimension,
  subjects: Int32Array.from({ length: count }, () => 100 + randomInteger(random, subjects)),
});
const gallery = someTemplates(40, 12);
const probes = someTemplates(70, 16); // more than two tiles, some of them not enrolled
const row = (set: typeof gallery, index: number) => set.embeddings.subarray(index * dimension, (index + 1) * dimension);

describe('probes against a gallery', () => {
  it('score each enrolled subject by the maximum over its references', () => {
    const search = searchGallery(gallery, probes);
    expect([...search.enrolled]).toEqual([...new Set(gallery.subjects)]);
    let seen = 0;
    for (const { probe, probeSubject, scores } of search.probes()) {
      expect(probe).toBe(seen++);
      expect(probeSubject).toBe(probes.subjects[probe]);
      const expected = [...search.enrolled].map((subject) => {
        const references = [...gallery.subjects.keys()].filter((index) => gallery.subjects[index] === subject);
        return Math.max(...references.map((reference) => cosineSimilarity(row(probes, probe), row(gallery, reference))));
      });
      expect([...scores]).toEqual(expected);
    }
    expect(seen).toBe(70);
  });

  it('are mated with the subject of the probe only', () => {
    const scores = compareProbes(gallery, probes);
    const enrolled = new Set(gallery.subjects);
    const matedProbes = probes.subjects.filter((subject) => enrolled.has(subject));
    expect(scores.matedSubjects).toEqual(matedProbes);
    expect(scores.mated.length + scores.nonMated.length).toBe(70 * enrolled.size);
    scores.nonMatedFirst.forEach((first, index) => expect(scores.nonMatedSecond[index]).not.toBe(first));
    expect(scores.nonMated.every((score) => score !== 0)).toBe(true);
  });
});
