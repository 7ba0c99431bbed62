import { expect, it } from 'vitest';
import { noiseScale, withoutDoubleNoise } from './without-double-noise.ts';

/** Deviations of variance 1 about 0, as often below as above. */
const spread = Array.from({ length: 101 }, (_, at) => (at - 50) / Math.sqrt(858.5));
const around = (rate: number, times = 1) => spread.map((value) => [rate + times * value, rate] as const);

it('draws in to a third of the variance where pairs are nothing but noise, and by nothing where they add none', () => {
  expect(noiseScale({ drawn: around(5), ofPairs: spread.map((value) => value / Math.sqrt(3)), subjects: 1e6 })).toBeCloseTo(Math.sqrt(1 / 3), 4);
  expect(noiseScale({ drawn: around(5), ofPairs: spread, subjects: 1e6 })).toBeCloseTo(Math.sqrt(1 / 3), 4);
  expect(noiseScale({ drawn: around(5), ofPairs: spread.map(() => 5), subjects: 40 })).toBe(1);
  expect(noiseScale({ drawn: around(5, 0), ofPairs: spread, subjects: 40 })).toBe(1);
});

it('takes the variance of pairs off twice, and leaves out those that gave no figure', () => {
  const drawn = around(5, 2); // variance 4, of which 2 * 0.5 is too much
  expect(noiseScale({ drawn, ofPairs: [NaN, ...spread.map((value) => value * Math.sqrt(0.5))], subjects: 1e6 })).toBeCloseTo(Math.sqrt(3 / 4), 4);
});

it('takes off less where the part of pairs is read from a variance that is uncertain', () => {
  const noise = { drawn: around(5, 2), ofPairs: spread.map((value) => value * Math.sqrt(0.5)), subjects: 1e6 };
  expect(noiseScale({ ...noise, uncertainty: 0.25 })).toBeCloseTo(Math.sqrt(1 - 0.25 / 1.25), 4);
});

it('leaves what mated comparisons do alone, and no value beyond those that were seen', () => {
  const values = withoutDoubleNoise([[0.5, 0.4], [0.3, 0.4], [0.7, 0.7], [0.6, 0.7], [0.8, 0.7]], 0.5);
  [0.45, 0.35, 0.7, 0.65, 0.75].forEach((value, at) => expect(values[at]).toBeCloseTo(value, 12));
  expect(Math.min(...withoutDoubleNoise([[0, 0.1], [0.4, 0.1], [0.5, 0.1]], 0.5))).toBeGreaterThanOrEqual(0);
});
