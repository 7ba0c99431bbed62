/*
 * Golden values by scipy 1.17.1 (norm.ppf, norm.cdf, t.ppf) and numpy 2.4.6 (quantile) with the same formula:
 *   z0 = norm.ppf((sum(v < e) + sum(v == e) / 2) / len(v)); a, f the acceleration and degrees of freedom
 *   w = t.ppf(0.975, f) * sqrt(n / (n - 1))
 *   np.quantile(v, norm.cdf(z0 + (z0 + s * w) / (1 - a * (z0 + s * w)))) for s in (-1, 1)
 */
import { describe, expect, it } from 'vitest';
import { acceleratedLimits } from './accelerated-limits.ts';
import { normalProbability } from './normal-probability.ts';

describe('limits corrected for bias and skewness', () => {
  const values = Float64Array.from({ length: 200 }, (_, at) => ((((at + 1) * 37) % 101) / 101) ** 2);
  const shape = { acceleration: -0.07885531991829309, freedom: 28.10842353085947 };

  it('equal those of scipy', () => {
    const { lower, upper } = acceleratedLimits({ estimate: 0.22, values, shape, subjects: 40 }, 0.95);
    expect(lower).toBeCloseTo(8.265279666461444e-5, 6);
    expect(upper).toBeCloseTo(0.8963558013665907, 3);
  });

  it('hold the estimate, even outside all resamples, and one value is its own interval', () => {
    expect(acceleratedLimits({ estimate: 2, values, shape, subjects: 40 }, 0.95).upper).toBe(2);
    const zeros = { estimate: 0, values: new Float64Array(50), shape, subjects: 3 };
    expect(acceleratedLimits(zeros, 0.95)).toEqual({ lower: 0, upper: 0 });
  });

  it('reach the furthest resample where the acceleration leads beyond all of them', () => {
    const [least, most] = [Math.min(...values), Math.max(...values)];
    expect(acceleratedLimits({ estimate: 0.22, values, shape: { acceleration: 0.6, freedom: 39 }, subjects: 40 }, 0.95).upper).toBe(most);
    expect(acceleratedLimits({ estimate: 0.22, values, shape: { acceleration: -0.6, freedom: 39 }, subjects: 40 }, 0.95).lower).toBe(least);
  });

  it('rest on the normal distribution to 1e-7', () => {
    const known: [number, number][] = [[-3, 0.0013498980316300933], [-1.2, 0.11506967022170822], [0, 0.5], [0.5, 0.6914624612740131], [4, 0.9999683287581669], [Infinity, 1], [-Infinity, 0]];
    for (const [deviate, probability] of known) expect(normalProbability(deviate)).toBeCloseTo(probability, 6);
  });
});
