import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areaUnderCurve } from './area-under-curve.ts';
import { rankSubjects } from './attributed-scores.ts';
import { dPrime, findDPrime } from './d-prime.ts';
import { equalErrorRate, findEqualErrorRate } from './equal-error-rate.ts';
import { operatingPoints } from './error-rates.ts';
import { findFnmrAtFmr, fnmrAtFmr } from './fnmr-at-fmr.ts';
import { resamplerOf } from './resampler.ts';
import { sortScores } from './score-set.ts';

const subject = fc.integer({ min: 0, max: 5 });
const score = fc.integer({ min: -9, max: 9 });
const someMated = fc.array(fc.tuple(score, subject), { minLength: 1, maxLength: 40 });
const someNonMated = fc.array(fc.tuple(score, subject, subject), { minLength: 1, maxLength: 60 });
const someWeights = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 6, maxLength: 6 });
const someBlocks = fc.integer({ min: 1, max: 30 });

describe('a resample of the subjects', () => {
  it('has the counts, the wins and the moments of literally repeated scores, whatever the blocks', () => {
    fc.assert(
      fc.property(someMated, someNonMated, someWeights, someBlocks, (mated, nonMated, drawn, block) => {
        const attributed = {
          mated: Float64Array.from(mated, ([s]) => s),
          matedSubjects: Int32Array.from(mated, ([, a]) => a),
          nonMated: Float64Array.from(nonMated, ([s]) => s),
          nonMatedFirst: Int32Array.from(nonMated, ([, a]) => a),
          nonMatedSecond: Int32Array.from(nonMated, ([, , b]) => b),
        };
        const ranked = rankSubjects(attributed);
        const numbers = new Map<number, number>(); // as rankSubjects numbers them
        mated.toSorted((a, b) => a[0] - b[0]).forEach(([, a]) => numbers.has(a) || numbers.set(a, numbers.size));
        const byScore = nonMated.toSorted((a, b) => a[0] - b[0]);
        byScore.forEach(([, a]) => numbers.has(a) || numbers.set(a, numbers.size));
        byScore.forEach(([, , b]) => numbers.has(b) || numbers.set(b, numbers.size));
        const weights = Int32Array.from({ length: ranked.subjectCount }, (_, n) => drawn[n]!);
        const weigh = (label: number) => weights[numbers.get(label)!]!;
        const repeated = {
          mated: Float64Array.from(mated.flatMap(([s, a]) => Array<number>(weigh(a)).fill(s))),
          nonMated: Float64Array.from(nonMated.flatMap(([s, a, b]) => Array<number>(a === b ? weigh(a) : weigh(a) * weigh(b)).fill(s))),
        };
        const resample = resamplerOf(ranked, operatingPoints({ order: 'ascending', ...ranked.scores }), block).resample(weights);
        if (repeated.mated.length === 0 || repeated.nonMated.length === 0) {
          expect(resample).toBeUndefined();
          return;
        }
        const literal = operatingPoints(sortScores(repeated));
        [...resample!.thresholds.keys()].reverse().forEach((index) => {
          const threshold = resample!.thresholds[index]!;
          expect(resample!.falseMatches(index)).toBe(repeated.nonMated.filter((s) => s >= threshold).length);
          expect(resample!.falseNonMatches(index)).toBe(repeated.mated.filter((s) => s < threshold).length);
        });
        expect(resample!.twiceWins() / (2 * resample!.matedCount * resample!.nonMatedCount)).toBe(areaUnderCurve(literal));
        expect(findEqualErrorRate(resample!).rate).toBeCloseTo(equalErrorRate(literal).rate, 14);
        for (const target of [0, 0.1, 0.5, 1]) {
          expect(findFnmrAtFmr(resample!, target).fnmr).toBe(fnmrAtFmr(literal, target).fnmr);
        }
        const all = resample!.points();
        expect([...all.falseMatches]).toEqual([...all.thresholds.keys()].map((index) => resample!.falseMatches(index)));
        const hasSpread = new Set(repeated.mated).size > 1 && repeated.nonMated.length > 1;
        if (hasSpread) expect(findDPrime(resample!) - dPrime(repeated)).toBeCloseTo(0, 10);
      }),
      { numRuns: 500 },
    );
  });

  it('of subjects that hold no mated score does not exist', () => {
    const ranked = rankSubjects({
      mated: Float64Array.of(1),
      matedSubjects: Int32Array.of(5),
      nonMated: Float64Array.of(0),
      nonMatedFirst: Int32Array.of(5),
      nonMatedSecond: Int32Array.of(6),
    });
    const resampler = resamplerOf(ranked, operatingPoints({ order: 'ascending', ...ranked.scores }));
    expect(resampler.resample(Int32Array.of(0, 2))).toBeUndefined();
    expect(resampler.resample(Int32Array.of(2, 0))).toBeUndefined();
    expect(resampler.resample(Int32Array.of(1, 1))).toMatchObject({ matedCount: 1, nonMatedCount: 1 });
  });
});
