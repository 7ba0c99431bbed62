import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { precisionAt1 } from './precision-at-1.ts';
import { recallAtK } from './recall-at-k.ts';

/** A candidate list as hits and misses, at least one hit. */
const candidateLists = fc.array(fc.boolean(), { minLength: 1, maxLength: 30 }).filter((hits) => hits.includes(true));
const ranksOf = (hits: boolean[]) => Uint32Array.from(hits.flatMap((hit, place) => (hit ? [place + 1] : [])));

describe('precision@1', () => {
  it('is 1 when the first candidate is a mate, as recall@1 is', () => {
    fc.assert(
      fc.property(candidateLists, (hits) => {
        expect(precisionAt1(ranksOf(hits))).toBe(hits[0] ? 1 : 0);
        expect(precisionAt1(ranksOf(hits))).toBe(recallAtK(ranksOf(hits), 1));
      }),
    );
  });
});
