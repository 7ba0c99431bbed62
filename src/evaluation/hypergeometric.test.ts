import { describe, expect, it } from 'vitest';
import { hypergeometricUpperTail } from './hypergeometric.ts';

describe('the upper tail of the hypergeometric distribution', () => {
  it('equals the share of all draws, counted one by one', () => {
    const total = 8;
    for (const [marked, drawn] of [[3, 4], [6, 5], [0, 3], [8, 2]] as const) {
      const draws = Array.from({ length: 2 ** total }, (_, mask) => [...Array(total).keys()].filter((item) => (mask >> item) & 1))
        .filter((items) => items.length === drawn)
        .map((items) => items.filter((item) => item < marked).length);
      for (let count = 0; count <= total; count++) {
        const expected = draws.filter((hits) => hits >= count).length / draws.length;
        expect(hypergeometricUpperTail(count, { total, marked, drawn })).toBeCloseTo(expected, 13);
      }
    }
  });

  it('keeps its digits for many items', () => {
    // scipy 1.17.1: scipy.stats.hypergeom.sf(299, 4000, 1000, 1000)
    expect(hypergeometricUpperTail(300, { total: 4000, marked: 1000, drawn: 1000 })).toBeCloseTo(1.867660577957729e-05, 14);
  });
});
