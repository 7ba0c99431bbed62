import { expect, it } from 'vitest';
import { pointAtThreshold, weakBelow } from './error-curves.ts';
import { rateWords } from '../evaluation/number-words.ts';
import { decades, percentTick } from './tick-words.ts';

const curve = { name: 'faces', points: [0.2, 0.4, 0.6].map((threshold, index) => ({ threshold, fmr: 10 ** -index, fnmr: index / 10, low: null, high: null })) };

it('finds the point that a threshold makes: scores are compared with >=', () => {
  expect(pointAtThreshold(curve, 0.4)?.threshold).toBe(0.4);
  expect(pointAtThreshold(curve, 0.41)?.threshold).toBe(0.6);
  expect(pointAtThreshold(curve, 0.61)).toBeNull();
});

it('knows below which rate fewer than 30 errors are expected', () => {
  expect(weakBelow(3000)).toBe(0.01);
  expect(weakBelow(10)).toBe(1);
});

it('writes decades as the field does', () => {
  expect(decades(0.0002, 1).map(rateWords)).toEqual(['1e-3', '1e-2', '1e-1', '1']);
  expect([0, 0.005, 0.2].map(percentTick)).toEqual(['0 %', '0.5 %', '20 %']);
  expect(decades(0.001, 1)[0]).toBe(0.001);
});
