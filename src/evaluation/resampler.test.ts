import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areaUnderCurve } from './area-under-curve.ts';
import { rankSubjects } from './attributed-scores.ts';
import { dPrime, findDPrime } from './d-prime.ts';
import { equalErrorRate, findEqualErrorRate } from './equal-error-rate.ts';
import { operatingPoints } from './error-rates.ts';
import { findFnmrAtFmr, fnmrAtFmr } from './fnmr-at-fmr.ts';
import type { Resample } from './resampler.ts';
import { resamplerOf } from './resampler.ts';
import { sortScores } from './score-set.ts';

const subject = fc.integer({ min: 0, max: 5 });
const score = fc.integer({ min: -9, max: 9 });
const someMated = fc.array(fc.tuple(score, subject), { minLength: 1, maxLength: 40 });
const someNonMated = fc.array(fc.tuple(score, subject, subject), { minLength: 1, maxLength: 60 });
const someWeights = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 6, maxLength: 6 });
const someBlocks = fc.integer({ min: 1, max: 30 });

/** A resample has the counts, wins and moments of literally repeated scores. */
function agree(resample: Resample, repeated: { mated: ArrayLike<number>; nonMated: ArrayLike<number> }): void {
  const literal = { mated: Float64Array.from(repeated.mated), nonMated: Float64Array.from(repeated.nonMated) };
  [...resample.thresholds.keys()].forEach((index) => {
    const threshold = resample.thresholds[index]!;
    expect(resample.falseMatches(index)).toBe(literal.nonMated.filter((s) => s >= threshold).length);
    expect(resample.falseNonMatches(index)).toBe(literal.mated.filter((s) => s < threshold).length);
  });
  expect([...resample.points().falseMatches]).toEqual([...resample.thresholds.keys()].map((index) => resample.falseMatches(index)));
  expect(resample.twiceWins() / (2 * literal.mated.length * literal.nonMated.length)).toBe(areaUnderCurve(operatingPoints(sortScores(literal))));
  if (new Set(literal.mated).size > 1 && literal.nonMated.length > 1) expect(findDPrime(resample) - dPrime(literal)).toBeCloseTo(0, 10);
}

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
        const resampler = resamplerOf(ranked, operatingPoints({ order: 'ascending', ...ranked.scores }), block);
        // Once they were asked for, the wins come with the pass over the blocks.
        resampler.resample(weights)?.twiceWins();
        const resample = resampler.resample(weights);
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

  it('is also had with all non-mated scores, and with half of the pairs counted twice', () => {
    const sign = fc.constantFrom(1, -1);
    fc.assert(
      fc.property(someMated, someNonMated, fc.array(sign, { minLength: 6, maxLength: 6 }), someBlocks, (mated, nonMated, signs, block) => {
        const ranked = rankSubjects({
          mated: Float64Array.from(mated, ([s]) => s), matedSubjects: Int32Array.from(mated, ([, a]) => a),
          nonMated: Float64Array.from(nonMated, ([s]) => s), nonMatedFirst: Int32Array.from(nonMated, ([, a]) => a), nonMatedSecond: Int32Array.from(nonMated, ([, , b]) => b),
        });
        const points = operatingPoints({ order: 'ascending', ...ranked.scores });
        const resampler = resamplerOf(ranked, points, block);
        const own = Int32Array.from({ length: ranked.subjectCount }, (_, subject) => signs[subject]!);
        const weightOf = (a: number, b: number): number => (a === b ? 1 : own[a] === own[b] ? 2 : 0);
        const halved = [...ranked.scores.nonMated].flatMap((s, at) => Array<number>(weightOf(ranked.nonMatedFirst[at]!, ranked.nonMatedSecond[at]!)).fill(s));
        resampler.resample(own.map((one) => one + 1))?.twiceWins();
        const half = resampler.halvePairs(own);
        if (halved.length === 0) expect(half).toBeUndefined();
        else agree(half!, { mated: ranked.scores.mated, nonMated: Float64Array.from(halved) });
        const drawn = own.map((one) => one + 1); // 0 or 2
        const repeated = [...ranked.scores.mated].flatMap((s, at) => Array<number>(drawn[ranked.mated[at]!]!).fill(s));
        const alone = resampler.resample(drawn)?.matedAlone();
        if (alone !== undefined) agree(alone, { mated: Float64Array.from(repeated), nonMated: ranked.scores.nonMated });
      }),
      { numRuns: 300 },
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
