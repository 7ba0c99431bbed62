import { expect, it } from 'vitest';
import { powerMeans } from './power-means.ts';

it('means of powers are the central moments', () => {
  expect(powerMeans([1, 2, 3, 6])).toEqual({ mean: 3, second: 3.5, third: 4.5, fourth: 24.5 });
  expect(powerMeans([]).mean).toBeNaN();
});
