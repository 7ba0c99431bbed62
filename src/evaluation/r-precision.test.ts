import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rPrecision } from './r-precision.ts';

/** A candidate list as hits and misses, at least one hit. */
const candidateLists = fc.array(fc.boolean(), { minLength: 1, maxLength: 30 }).filter((hits) => hits.includes(true));
const ranksOf = (hits: boolean[]) => Uint32Array.from(hits.flatMap((hit, place) => (hit ? [place + 1] : [])));

describe('R-precision', () => {
  it('is the share of mates among the first R candidates', () => {
    fc.assert(
      fc.property(candidateLists, (hits) => {
        const R = hits.filter(Boolean).length;
        expect(rPrecision(ranksOf(hits))).toBe(hits.slice(0, R).filter(Boolean).length / R);
      }),
    );
  });

  it('is 1 exactly when every mate comes before every other', () => {
    expect(rPrecision(Uint32Array.of(1, 2, 3))).toBe(1);
    expect(rPrecision(Uint32Array.of(1, 2, 4))).toBe(2 / 3);
    expect(rPrecision(Uint32Array.of(4, 5, 6))).toBe(0);
  });
});
