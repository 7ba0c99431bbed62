import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dPrime, moments } from './d-prime.ts';

const someScores = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 2, maxLength: 25 });
const setOf = (mated: number[], nonMated: number[]) => ({ mated: Float64Array.from(mated), nonMated: Float64Array.from(nonMated) });
const spread = (scores: number[]) => scores.some((score) => score !== scores[0]);

describe("d'", () => {
  it('equals the two-pass definition', () => {
    fc.assert(
      fc.property(someScores.filter(spread), someScores, (mated, nonMated) => {
        const mean = (s: number[]) => s.reduce((a, b) => a + b, 0) / s.length;
        const variance = (s: number[]) => s.reduce((sum, x) => sum + (x - mean(s)) ** 2, 0) / (s.length - 1);
        const expected = (mean(mated) - mean(nonMated)) / Math.sqrt((variance(mated) + variance(nonMated)) / 2);
        expect(dPrime(setOf(mated, nonMated))).toBeCloseTo(expected, 10);
      }),
    );
  });

  it('does not change when scores are shifted and scaled, and turns its sign with the kinds', () => {
    fc.assert(
      fc.property(someScores.filter(spread), someScores, (mated, nonMated) => {
        const value = dPrime(setOf(mated, nonMated));
        const moved = setOf(mated.map((s) => 4 * s + 1000), nonMated.map((s) => 4 * s + 1000));
        expect(dPrime(moved)).toBeCloseTo(value, 9);
        expect(dPrime(setOf(nonMated, mated))).toBeCloseTo(-value, 12);
      }),
    );
  });

  it('does not exist without spread, with one score, or with a failure', () => {
    expect(() => dPrime(setOf([0.1, 0.1, 0.1], [0.3, 0.3, 0.3]))).toThrow(/all equal/);
    expect(() => dPrime(setOf([1], [1, 2]))).toThrow(/at least 2/);
    expect(() => dPrime(setOf([1, -Infinity], [1, 2]))).toThrow(/failures to acquire, whose score is -Infinity/);
    expect(() => dPrime(setOf([], [1, 2]))).toThrow(/no mated/);
  });

  it('is the same for scores so large or so small that their squares are no numbers', () => {
    const [mated, nonMated] = [[1, 4, 6], [0, 2, 3, -1]];
    const value = dPrime(setOf(mated, nonMated));
    for (const scale of [2 ** 1000, 2 ** -1000]) expect(dPrime(setOf(mated.map((s) => s * scale), nonMated.map((s) => s * scale)))).toBe(value);
  });

  it('keeps its digits far from zero', () => {
    expect(moments(Float64Array.of(1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16)).variance).toBe(30);
    const [mated, nonMated] = [[3, 4, 6], [0, 2, 3, -1]];
    const moved = (scores: number[]): number[] => scores.map((score) => 1 + score * Number.EPSILON); // neighbours: their mean lies between two numbers
    expect(dPrime(setOf(moved(mated), moved(nonMated)))).toBeCloseTo(dPrime(setOf(mated, nonMated)), 12);
  });
});
