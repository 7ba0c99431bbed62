import { describe, expect, it } from 'vitest';
import { resampledShape, varianceUncertainty } from './resampled-shape.ts';

/*
 * Golden values by numpy 2.4 and scipy 1.17, v, d and inf being values, drawn and influence:
 *   c = inf - inf.mean(); sq = (c**2).sum(); real = max(sq - n * d.var() / len(d), min(sq, d.var()) / 2); k3 = (c**3).sum(); k4 = (c**4).sum() - 3 * sq**2 / n
 *   a = k3 / (6 * v.var()**1.5); s = max(1, d.var() / v.var()); var = real / s; u = 2 / n + max(0, k4 / real**2)
 *   f = min(n - 1, max(min(8, 0.4 * n), 2 * n / (2 * s**2 + max(0, 4 * n * k4 / var**2 - n * k3**2 / var**3)))), 6 instead of 8 of a difference
 */
describe('the shape of a figure over resamples', () => {
  const values = Float64Array.from({ length: 200 }, (_, at) => ((((at + 1) * 37) % 101) / 101) ** 2);
  const drawn = values.map((value) => 0.3 + 1.4 * (value - 0.3));
  const influence = Array.from({ length: 40 }, (_, subject) => 0.6 * (((subject * 7) % 11) / 11) ** 12);
  /** To both sides alike; the higher the power, the fewer matter. */
  const outlying = (power: number): number[] => Array.from({ length: 40 }, (_, subject) => (-1) ** subject * 0.6 * (((subject * 7) % 11) / 11) ** power);
  const freedomOf = (moved: number[]): number => resampledShape({ influence: moved, drawn: values, values }).freedom;

  it('is that of numpy', () => {
    expect(resampledShape({ influence, drawn, values }).acceleration).toBeCloseTo(0.11386683383575515, 10);
    expect(freedomOf(outlying(3))).toBeCloseTo(16.210446827636247, 8);
    expect(freedomOf(outlying(4))).toBeCloseTo(9.5746628899677, 8);
  });

  it('says how uncertain the variance itself is', () => {
    expect(varianceUncertainty({ influence, drawn })).toBeCloseTo(0.22948083032254024, 10);
    expect(varianceUncertainty({ influence: [-1, 1, -1, 1], drawn })).toBe(0.5);
    expect(varianceUncertainty({ influence: [0, 0, 0, 0], drawn })).toBe(0.5);
  });

  it('turns with the figure', () => {
    const turned = resampledShape({ influence: influence.map((one) => -one), drawn: drawn.map((one) => -one), values: values.map((one) => -one) });
    expect(turned.acceleration).toBeCloseTo(-0.11386683383575515, 10);
    expect(freedomOf(outlying(3).map((one) => -one))).toBeCloseTo(16.210446827636247, 8);
  });

  it('is normal where nothing moves, and never flatter than normal', () => {
    const still = new Float64Array(50);
    expect(resampledShape({ influence: [0, 0, 0], drawn: still, values: still })).toEqual({ acceleration: 0, freedom: 2 });
    expect(resampledShape({ influence: [-1, 1, -1, 1], drawn: values, values }).freedom).toBe(3);
  });

  it('believes in few degrees of freedom down to 8, of a difference down to 6', () => {
    const difference = (power: number): number => resampledShape({ influence: outlying(power), drawn: values, values, isDifference: true }).freedom;
    expect(difference(4)).toBeCloseTo(9.5746628899677, 8);
    expect([freedomOf(outlying(6)), freedomOf(outlying(12))]).toEqual([8, 8]);
    expect([difference(6), difference(12)]).toEqual([6, 6]);
    const few = outlying(12).slice(0, 10);
    expect(freedomOf(few)).toBe(4);
  });

  it('leaves fewer degrees of freedom where noise was taken off', () => {
    const even = Array.from({ length: 40 }, (_, subject) => (subject % 2) - 0.5);
    expect(resampledShape({ influence: even, drawn, values }).freedom).toBeCloseTo(40 / 1.4 ** 4, 8);
  });
});
