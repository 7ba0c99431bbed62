import { describe, expect, it } from 'vitest';
import { resampledShape } from './resampled-shape.ts';

/*
 * Golden values by numpy 2.4 and scipy 1.17, v, d and inf being values, drawn and influence:
 *   c = inf - inf.mean(); sq = (c**2).sum(); real = max(sq - n * d.var() / len(d), min(sq, d.var()) / 2); var = real * min(1, v.var() / d.var())
 *   a = ((c**3).sum() / (6 * var**1.5) + stats.skew(v) / 6) / 2; k = 3 + max(0, n * ((c**4).sum() - 3 * sq**2 / n) / var**2)
 */
describe('the shape of a figure over resamples', () => {
  const values = Float64Array.from({ length: 200 }, (_, at) => ((((at + 1) * 37) % 101) / 101) ** 2);
  const drawn = values.map((value) => 0.3 + 1.4 * (value - 0.3));
  const influence = Array.from({ length: 40 }, (_, subject) => 0.6 * (((subject * 7) % 11) / 11) ** 12);

  it('is that of numpy', () => {
    const { acceleration, kurtosis } = resampledShape({ influence, drawn, values });
    expect(acceleration).toBeCloseTo(0.18644826722644792, 10);
    expect(kurtosis).toBeCloseTo(30.57974231068282, 8);
  });

  it('turns with the figure', () => {
    const turned = resampledShape({ influence: influence.map((one) => -one), drawn: drawn.map((one) => -one), values: values.map((one) => -one) });
    expect(turned.acceleration).toBeCloseTo(-0.18644826722644792, 10);
    expect(turned.kurtosis).toBeCloseTo(30.57974231068282, 8);
  });

  it('is normal where nothing moves, and never flatter than normal', () => {
    const still = new Float64Array(50);
    expect(resampledShape({ influence: [0, 0, 0], drawn: still, values: still })).toEqual({ acceleration: 0, kurtosis: 3 });
    expect(resampledShape({ influence: [-1, 1, -1, 1], drawn, values }).kurtosis).toBe(3);
  });
});
