import { describe, expect, it } from 'vitest';
import { normalDeviate } from './normal-deviate.ts';

describe('the normal deviate', () => {
  // scipy 1.17.1: scipy.stats.norm.ppf(p)
  it.each([
    [1e-300, -37.0470962993612],
    [1e-8, -5.612001244174789],
    [0.0001, -3.7190164854556804],
    [0.01, -2.3263478740408408],
    [0.05, -1.6448536269514729],
    [0.074, -1.4466320671589785],
    [0.3, -0.5244005127080409],
    [0.5, 0],
    [0.9, 1.2815515655446004],
    [0.9999, 3.719016485455709],
  ])('of %d equals scipy', (probability, expected) => {
    expect(Math.abs(normalDeviate(probability) - expected)).toBeLessThanOrEqual(1e-14 * Math.max(1, Math.abs(expected)));
  });

  it('is infinite at the ends and refused beyond them', () => {
    expect(normalDeviate(0)).toBe(-Infinity);
    expect(normalDeviate(1)).toBe(Infinity);
    for (const wrong of [-0.1, 1.1, NaN]) expect(() => normalDeviate(wrong)).toThrow(/lies in/);
  });
});
