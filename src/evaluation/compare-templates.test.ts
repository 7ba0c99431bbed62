import { describe, expect, it } from 'vitest';
import { compareTemplates, compareTemplatesSteps } from './compare-templates.ts';
import { cosineSimilarity } from './cosine-similarity.ts';
import { randomInteger, seededRandom } from './random.ts';

const random = seededRandom(11);
const dimension = 5;
const count = 150; // more than two tiles
const templates = {
  embeddings: Float32Array.from({ length: count * dimension }, () => random() - 0.5),
  dimension,
  subjects: Int32Array.from({ length: count }, () => randomInteger(random, 20)),
};
const row = (index: number) => templates.embeddings.subarray(index * dimension, (index + 1) * dimension);

describe('all comparisons of a template set', () => {
  it('are each unordered pair once, with its exact score and subjects', () => {
    const expected: string[] = [];
    for (let i = 0; i < count; i++) {
      for (let j = i + 1; j < count; j++) {
        expected.push([templates.subjects[i]!, templates.subjects[j]!, cosineSimilarity(row(i), row(j))].join());
      }
    }
    const { mated, matedSubjects, nonMated, nonMatedFirst, nonMatedSecond } = compareTemplates(templates);
    const found = [
      ...[...mated].map((score, at) => [matedSubjects[at]!, matedSubjects[at]!, score].join()),
      ...[...nonMated].map((score, at) => [nonMatedFirst[at]!, nonMatedSecond[at]!, score].join()),
    ];
    expect(found.sort()).toEqual(expected.sort());
  });

  it('follow the counts of the FVC protocol', () => {
    const fingers = Int32Array.from({ length: 800 }, (_, index) => Math.floor(index / 8));
    const one = { embeddings: new Float32Array(800).fill(1), dimension: 1, subjects: fingers };
    expect(compareTemplates(one).mated).toHaveLength(2800);
    const first = { embeddings: new Float32Array(100).fill(1), dimension: 1, subjects: fingers.filter((_, i) => i % 8 === 0) };
    expect(compareTemplates(first).nonMated).toHaveLength(4950);
  });

  it('report their progress up to the total', () => {
    const progress = [...compareTemplatesSteps(templates)];
    const total = (count * (count - 1)) / 2;
    expect(progress.at(-1)).toEqual({ done: total, total });
  });

  it('are none for one template, and refused for none', () => {
    const one = { embeddings: Float32Array.of(1), dimension: 1, subjects: Int32Array.of(1) };
    expect(compareTemplates(one).mated).toHaveLength(0);
    expect(() => compareTemplates({ ...one, embeddings: new Float32Array(0), subjects: new Int32Array(0) })).toThrow(/no templates/);
  });
});
