import { describe, expect, test } from 'vitest';
import { permutation, randomStream } from './random.ts';

const draw = (seed: number, ...path: (string | number)[]): number[] => {
  const random = randomStream(seed, ...path);
  return Array.from({ length: 8 }, () => random.uint32());
};

describe('a random stream', () => {
  test('begins again from its seed and path', () => {
    expect(draw(7, 'batch', 3)).toEqual(draw(7, 'batch', 3));
  });

  test('differs by seed, by name and by number', () => {
    const streams = [draw(7, 'batch', 3), draw(8, 'batch', 3), draw(7, 'patch', 3), draw(7, 'batch', 4), draw(7)].map(String);
    expect(new Set(streams).size).toBe(streams.length);
  });

  test('is uniform: each tenth of [0, 1) gets a tenth of the numbers', () => {
    const random = randomStream(1, 'uniform');
    const counts = new Array<number>(10).fill(0);
    for (let index = 0; index < 100_000; index++) counts[Math.floor(random.uniform() * 10)]!++;
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(500);
  });

  test('has normal numbers of mean 0 and variance 1', () => {
    const random = randomStream(1, 'normal');
    const values = Array.from({ length: 100_000 }, () => random.normal());
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    expect(Math.abs(mean)).toBeLessThan(0.02);
    expect(Math.abs(variance - 1)).toBeLessThan(0.03);
  });
});

test('a permutation holds every number once, and every place is likely for each', () => {
  const random = randomStream(3, 'order');
  const places = Array.from({ length: 5 }, () => new Array<number>(5).fill(0));
  for (let round = 0; round < 5000; round++) {
    const order = permutation(5, random);
    expect([...order].sort()).toEqual([0, 1, 2, 3, 4]);
    order.forEach((value, place) => places[value]![place]!++);
  }
  for (const count of places.flat()) expect(Math.abs(count - 1000)).toBeLessThan(150);
});
