import { describe, expect, it } from 'vitest';
import { cosineSimilarity } from './cosine-similarity.ts';
import { countWithoutMate, mateRanks } from './mate-ranks.ts';
import { randomInteger, seededRandom, shuffled } from './random.ts';

const random = seededRandom(31);
const dimension = 2;
const count = 90; // several tiles
const templates = {
  embeddings: Float32Array.from({ length: count * dimension }, () => 1 + randomInteger(random, 4)), // coarse, so ties occur
  dimension,
  subjects: Int32Array.from({ length: count }, () => randomInteger(random, 40)),
};
const row = (index: number) => templates.embeddings.subarray(index * dimension, (index + 1) * dimension);

describe('the ranks of the mates', () => {
  it('equal the places in a literally sorted list, mates behind their equals', () => {
    const rows = [...templates.subjects.keys()];
    const isMate = (a: number, b: number) => templates.subjects[a] === templates.subjects[b];
    const expected = rows
      .map((query) => {
        const others = rows
          .filter((other) => other !== query)
          .map((other) => ({ score: cosineSimilarity(row(query), row(other)), mate: isMate(query, other) }))
          .sort((a, b) => b.score - a.score || Number(a.mate) - Number(b.mate));
        return { query, ranks: Uint32Array.from(others.flatMap(({ mate }, place) => (mate ? [place + 1] : []))) };
      })
      .filter(({ ranks }) => ranks.length > 0);
    expect([...mateRanks(templates)]).toEqual(expected);
    expect(countWithoutMate(templates.subjects)).toBe(count - expected.length);
    expect(expected.length).toBeLessThan(count);
  });

  it('do not depend on the order of the templates', () => {
    const order = shuffled([...templates.subjects.keys()], random);
    const moved = {
      embeddings: Float32Array.from(order.flatMap((index) => [...row(index)])),
      dimension,
      subjects: Int32Array.from(order, (index) => templates.subjects[index]!),
    };
    const before = new Map([...mateRanks(templates)].map(({ query, ranks }) => [query, ranks]));
    for (const { query, ranks } of mateRanks(moved)) expect(ranks).toEqual(before.get(order[query]!));
  });
});
