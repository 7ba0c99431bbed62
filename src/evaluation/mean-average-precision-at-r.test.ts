import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { averagePrecisionAtR } from './mean-average-precision-at-r.ts';
import { rPrecision } from './r-precision.ts';

/** A candidate list as hits and misses, at least one hit. */
const candidateLists = fc.array(fc.boolean(), { minLength: 1, maxLength: 30 }).filter((hits) => hits.includes(true));
const ranksOf = (hits: boolean[]) => Uint32Array.from(hits.flatMap((hit, place) => (hit ? [place + 1] : [])));
const share = (hits: boolean[]) => hits.filter(Boolean).length / hits.length;

describe('average precision at R', () => {
  it('equals equation 1 of the paper over the candidate list', () => {
    fc.assert(
      fc.property(candidateLists, (hits) => {
        const R = hits.filter(Boolean).length;
        let sum = 0;
        for (let i = 1; i <= R; i++) sum += hits[i - 1] ? share(hits.slice(0, i)) : 0;
        expect(averagePrecisionAtR(ranksOf(hits))).toBeCloseTo(sum / R, 14);
      }),
    );
  });

  it('never exceeds R-precision', () => {
    fc.assert(
      fc.property(candidateLists, (hits) => {
        expect(averagePrecisionAtR(ranksOf(hits))).toBeLessThanOrEqual(rPrecision(ranksOf(hits)) + 1e-15);
      }),
    );
  });

  it('rewards order within the first R, as worked by hand for R = 10', () => {
    expect(averagePrecisionAtR(Uint32Array.of(1, 20, 21, 22, 23, 24, 25, 26, 27, 28))).toBeCloseTo(0.1, 15);
    expect(averagePrecisionAtR(Uint32Array.of(1, 10, 21, 22, 23, 24, 25, 26, 27, 28))).toBeCloseTo((1 + 2 / 10) / 10, 15);
    expect(averagePrecisionAtR(Uint32Array.of(1, 2, 21, 22, 23, 24, 25, 26, 27, 28))).toBeCloseTo(0.2, 15);
  });
});
