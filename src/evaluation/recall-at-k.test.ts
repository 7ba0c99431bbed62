import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recallAtK } from './recall-at-k.ts';

/** A candidate list as hits and misses, at least one hit. */
const candidateLists = fc.array(fc.boolean(), { minLength: 1, maxLength: 30 }).filter((hits) => hits.includes(true));
const ranksOf = (hits: boolean[]) => Uint32Array.from(hits.flatMap((hit, place) => (hit ? [place + 1] : [])));

describe('recall@k', () => {
  it('is 1 when a mate is among the first k candidates', () => {
    fc.assert(
      fc.property(candidateLists, fc.integer({ min: 1, max: 30 }), (hits, k) => {
        expect(recallAtK(ranksOf(hits), k)).toBe(hits.slice(0, k).includes(true) ? 1 : 0);
      }),
    );
  });

  it('never falls as k rises', () => {
    fc.assert(
      fc.property(candidateLists, fc.integer({ min: 1, max: 29 }), (hits, k) => {
        expect(recallAtK(ranksOf(hits), k)).toBeLessThanOrEqual(recallAtK(ranksOf(hits), k + 1));
      }),
    );
  });

  it('refuses a k that is no count', () => {
    for (const k of [0, 1.5, NaN]) expect(() => recallAtK(Uint32Array.of(1), k)).toThrow(/whole number/);
  });
});
