import { describe, expect, it } from 'vitest';
import { principalPlane } from './principal-components.ts';
import { seededRandom } from './random.ts';
import type { TemplateSet } from './template-set.ts';
import { unitRows } from './unit-rows.ts';

function templatesOf(rows: readonly (readonly number[])[]): TemplateSet {
  return { embeddings: Float32Array.from(rows.flat()), dimension: rows[0]!.length, subjects: Int32Array.from(rows, (_, row) => row) };
}

/** Near one direction, so that scaling to unit length keeps the shape: wide along the 3rd axis, half as wide along the 1st. */
function aCloud(count: number): TemplateSet {
  const random = seededRandom(5);
  const spread = (width: number): number => width * (random() - 0.5);
  return templatesOf(Array.from({ length: count }, () => [spread(0.1), 1, spread(0.2), spread(0.01), spread(0.01)]));
}

describe('the principal plane', () => {
  it('finds the widest two directions of a cloud, the wider one first', () => {
    const templates = aCloud(400);
    const { points, explained } = principalPlane(templates, seededRandom(1));
    const rows = unitRows(templates);
    const column = (k: number): number[] => Array.from({ length: 400 }, (_, row) => rows[5 * row + k]!);
    expect(Math.abs(correlation(Array.from({ length: 400 }, (_, row) => points[2 * row]!), column(2)))).toBeGreaterThan(0.999);
    expect(Math.abs(correlation(Array.from({ length: 400 }, (_, row) => points[2 * row + 1]!), column(0)))).toBeGreaterThan(0.99);
    // Variances of uniform widths 0.2, 0.1, 0.01, 0.01.
    expect(explained[0]).toBeCloseTo(0.04 / 0.0502, 1);
    expect(explained[0] + explained[1]).toBeGreaterThan(0.98);
  });

  it('has uncorrelated axes whose variances are the shares it says', () => {
    const random = seededRandom(8);
    const templates = templatesOf(Array.from({ length: 120 }, () => Array.from({ length: 16 }, (_, k) => random() - 0.5 + k * 0.02 * random())));
    const { points, explained } = principalPlane(templates, seededRandom(1));
    const [x, y] = [0, 1].map((axis) => Array.from({ length: 120 }, (_, row) => points[2 * row + axis]!)) as [number[], number[]];
    expect(Math.abs(correlation(x, y))).toBeLessThan(1e-6);
    expect(variance(x) / variance(y)).toBeCloseTo(explained[0] / explained[1], 9);
    const rows = unitRows(templates);
    const total = Array.from({ length: 16 }, (_, k) => variance(Array.from({ length: 120 }, (__, row) => rows[16 * row + k]!))).reduce((sum, one) => sum + one, 0);
    expect(variance(x) / total).toBeCloseTo(explained[0], 9);
    // No other direction is wider than the first axis.
    for (let attempt = 0; attempt < 50; attempt++) {
      const direction = Array.from({ length: 16 }, () => random() - 0.5);
      const length = Math.hypot(...direction);
      const along = Array.from({ length: 120 }, (_, row) => direction.reduce((sum, value, k) => sum + (value / length) * rows[16 * row + k]!, 0));
      expect(variance(along)).toBeLessThanOrEqual(variance(x) + 1e-12);
    }
  });

  it('is the same whatever it starts from', () => {
    const [one, other] = [1, 77].map((seed) => principalPlane(aCloud(50), seededRandom(seed)));
    one!.points.forEach((value, at) => expect(value).toBeCloseTo(other!.points[at]!, 6));
  });

  it('lays templates on a line where they differ along one direction only', () => {
    const { points, explained } = principalPlane(templatesOf([[1, 0, 0], [0, 1, 0], [1, 0, 0]]), seededRandom(1));
    expect(explained[0]).toBeCloseTo(1, 9);
    expect([1, 3, 5].map((at) => Math.abs(points[at]!)).every((value) => value < 1e-9)).toBe(true);
  });

  it('is refused where there is nothing to see', () => {
    expect(() => principalPlane(templatesOf([[1, 2], [2, 4]]), seededRandom(1))).toThrow(expect.objectContaining({ code: 'no-spread' }));
    expect(() => principalPlane(templatesOf([[1, 2]]), seededRandom(1))).toThrow(expect.objectContaining({ code: 'too-few-scores' }));
  });
});

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const variance = (values: readonly number[]): number => mean(values.map((value) => (value - mean(values)) ** 2));

function correlation(one: readonly number[], other: readonly number[]): number {
  const [a, b] = [mean(one), mean(other)];
  return mean(one.map((value, at) => (value - a) * (other[at]! - b))) / Math.sqrt(variance(one) * variance(other));
}
