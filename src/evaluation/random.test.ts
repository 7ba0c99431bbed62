import { describe, expect, it } from 'vitest';
import { randomInteger, seededRandom, shuffled, xoshiro128 } from './random.ts';

describe('the random generator', () => {
  it('is xoshiro128**, by the published sequence from state 1, 2, 3, 4', () => {
    // The test vector of the Rust crate rand_xoshiro, made with the authors' C code.
    const next = xoshiro128(Uint32Array.of(1, 2, 3, 4));
    expect(Array.from({ length: 10 }, next)).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]);
  });

  it('repeats for the same seed and differs for another', () => {
    const first = Array.from({ length: 5 }, seededRandom(42));
    expect(Array.from({ length: 5 }, seededRandom(42))).toEqual(first);
    expect(Array.from({ length: 5 }, seededRandom(43))).not.toEqual(first);
    expect(() => seededRandom(0.5)).toThrow(/whole number/);
  });

  it('is uniform over [0, 1), from seed 0 too', () => {
    const random = seededRandom(0);
    const counts = new Uint32Array(10);
    for (let i = 0; i < 100_000; i++) counts[randomInteger(random, 10)]!++;
    const chiSquare = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    expect(chiSquare).toBeLessThan(27.9); // 99.9 % point at 9 degrees of freedom
  });

  it('shuffles into every order about equally often, leaving the input alone', () => {
    const random = seededRandom(1);
    const seen = new Map<string, number>();
    const items = ['a', 'b', 'c'];
    for (let i = 0; i < 6000; i++) {
      const order = shuffled(items, random).join('');
      seen.set(order, (seen.get(order) ?? 0) + 1);
    }
    expect(items).toEqual(['a', 'b', 'c']);
    expect(seen.size).toBe(6);
    for (const count of seen.values()) expect(Math.abs(count - 1000)).toBeLessThan(120);
  });
});
