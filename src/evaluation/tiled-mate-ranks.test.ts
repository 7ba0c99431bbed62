import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allPairsFigures, allPairsFiguresSteps } from './all-pairs-figures.ts';
import { allPairsRoc } from './all-pairs-roc.ts';
import { mateRanks } from './mate-ranks.ts';
import { randomInteger, seededRandom } from './random.ts';
import { retrievalFigures } from './retrieval.ts';
import { cosineTiles } from './score-tiles.ts';
import { finish } from './steps.ts';
import { tiledMateRanks } from './tiled-mate-ranks.ts';

/** Templates on a grid of `steps` values a coordinate: few make ties, many make none. */
function someTemplates(seed: number, steps: number, count: number) {
  const random = seededRandom(seed);
  const embeddings = Float32Array.from({ length: count * 3 }, () => (randomInteger(random, steps) + 0.25) / steps - 0.6);
  return { embeddings, dimension: 3, subjects: Int32Array.from({ length: count }, (_, at) => (at < 3 ? at >> 1 : randomInteger(random, 8))) };
}

describe('ranks of mates out of tiles', () => {
  it('are those of every query against all others, ties and lone templates included', () => {
    fc.assert(fc.property(fc.integer(), fc.constantFrom(2, 4, 1e6), fc.integer({ min: 3, max: 150 }), (seed, steps, count) => {
      const templates = someTemplates(seed, steps, count);
      const plain = [...mateRanks(templates)].map(({ query, ranks }) => [query, [...ranks]]);
      expect(finish(tiledMateRanks(cosineTiles(templates))).map(({ query, ranks }) => [query, [...ranks]])).toEqual(plain);
    }), { numRuns: 60 });
  });

  it('share their walks with the ROC', () => {
    const templates = someTemplates(4, 1e6, 200);
    const tiles = cosineTiles(templates);
    const plan = { targets: [0.1, 0.01], ks: [1, 2, 4] };
    const both = allPairsFigures(tiles, plan);
    expect(both.roc).toEqual(allPairsRoc(tiles, plan.targets));
    expect(both.retrieval).toEqual(retrievalFigures(templates, plan.ks));
    expect([...allPairsFiguresSteps(tiles, plan)].at(-1)).toEqual({ done: 200 * 199, total: 200 * 199 });
  });
});
