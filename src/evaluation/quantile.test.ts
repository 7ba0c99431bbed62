import { describe, expect, it } from 'vitest';
import { quantile } from './quantile.ts';

describe('a quantile', () => {
  it('lies between order statistics as numpy.quantile puts it', () => {
    const sorted = Float64Array.of(1, 2, 4, 8, 16);
    // numpy 2.4.6: np.quantile([1, 2, 4, 8, 16], [0, 0.1, 0.25, 0.5, 0.9, 1])
    const expected = [1, 1.4, 2, 4, 12.8, 16];
    [0, 0.1, 0.25, 0.5, 0.9, 1].forEach((p, at) => expect(quantile(sorted, p)).toBeCloseTo(expected[at]!, 14));
  });

  it('of one value is that value', () => {
    expect(quantile(Float64Array.of(7), 0.3)).toBe(7);
  });
});
