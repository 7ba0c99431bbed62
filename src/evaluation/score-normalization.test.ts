import { describe, expect, it } from 'vitest';
import { cohortStatistics } from './cohort-statistics.ts';
import { dPrime } from './d-prime.ts';
import { equalErrorRate } from './equal-error-rate.ts';
import { operatingPoints } from './error-rates.ts';
import { normalDeviate } from './normal-deviate.ts';
import { randomInteger, seededRandom } from './random.ts';
import type { ScoreSet } from './score-set.ts';
import { sortScores } from './score-set.ts';
import { sNorm, tNorm, zNorm } from './score-normalization.ts';

const references = cohortStatistics(Float64Array.of(1, 2, 3, 10, 20, 60), 3);
const probes = cohortStatistics(Float64Array.of(0, 4, 2, 2, 2, 8), 3);
const comparisons = { scores: Float64Array.of(4, 30, -Infinity), references: Uint32Array.of(0, 1, 1), probes: Uint32Array.of(1, 0, 1) };

describe('score normalisation', () => {
  it('equals hand-made values', () => {
    const deviation = Math.sqrt(700); // of 10, 20, 60
    expect([...zNorm(comparisons, references)]).toEqual([2, 0, -Infinity]);
    expect([...tNorm(comparisons, probes)]).toEqual([0, 14, -Infinity]);
    expect([...sNorm(comparisons, { references, probes })]).toEqual([1, 7, -Infinity]);
    expect(references.deviation[1]).toBeCloseTo(deviation, 13);
  });

  it('takes away a shift and a scale of any reference, and of any probe', () => {
    const random = seededRandom(4);
    const cohort = Float64Array.from({ length: 5 * 20 }, () => random());
    const moved = cohort.map((score, at) => score * (2 + Math.floor(at / 20)) - Math.floor(at / 20));
    const rows = Uint32Array.of(0, 1, 2, 3, 4);
    const scores = Float64Array.from(rows, () => random());
    const shifted = scores.map((score, row) => score * (2 + row) - row);
    const before = { scores, references: rows, probes: rows };
    const after = { scores: shifted, references: rows, probes: rows };
    for (const nearest of [20, 5]) {
      const plain = cohortStatistics(cohort, 20, nearest);
      const other = cohortStatistics(moved, 20, nearest);
      zNorm(before, plain).forEach((score, at) => expect(zNorm(after, other)[at]).toBeCloseTo(score, 12));
      const swapped = sNorm(before, { references: plain, probes: plain });
      expect(swapped).toEqual(sNorm({ ...before, references: before.probes, probes: before.references }, { references: plain, probes: plain }));
    }
  });

  it('lowers the errors where every subject has a level of its own', () => {
    const random = seededRandom(6);
    const normal = () => normalDeviate(Math.max(random(), 1e-12));
    const level = Array.from({ length: 60 }, () => 2 * normal());
    const rows = Array.from({ length: 3000 }, () => [randomInteger(random, 60), randomInteger(random, 60)] as const);
    const scored = (gain: number) => Float64Array.from(rows, ([i, j]) => level[i]! + level[j]! + normal() + gain);
    const cohort = Float64Array.from({ length: 60 * 50 }, (_, at) => level[Math.floor(at / 50)]! + 2 * normal());
    const statistics = cohortStatistics(cohort, 50);
    const columns = { references: Uint32Array.from(rows, ([i]) => i), probes: Uint32Array.from(rows, ([, j]) => j) };
    const before = { mated: scored(4), nonMated: scored(0) };
    const norm = (scores: Float64Array) => sNorm({ scores, ...columns }, { references: statistics, probes: statistics });
    const after = { mated: norm(before.mated), nonMated: norm(before.nonMated) };
    const eer = (set: ScoreSet) => equalErrorRate(operatingPoints(sortScores(set))).rate;
    expect(eer(after)).toBeLessThan(eer(before) / 2);
    expect(dPrime(after)).toBeGreaterThan(1.5 * dPrime(before));
  });

  it('is refused where rows are missing', () => {
    expect(() => zNorm({ ...comparisons, references: Uint32Array.of(0) }, references)).toThrow(/1 rows do not name/);
    expect(() => tNorm({ ...comparisons, probes: Uint32Array.of(0, 0, 7) }, probes)).toThrow(/Score 2 names row 7/);
  });
});
