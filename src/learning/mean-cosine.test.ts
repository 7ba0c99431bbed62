import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { meanCosine } from './mean-cosine.ts';

it('is the mean over all pairs, counted one by one', () => {
  const row = fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 3, maxLength: 3 }).filter((values) => Math.hypot(...values) > 0.01);
  fc.assert(fc.property(fc.array(row, { minLength: 2, maxLength: 8 }), (rows) => {
    const unit = rows.map((values) => values.map((value) => Math.fround(value) / Math.hypot(...values.map(Math.fround))));
    const cosines = unit.flatMap((one, i) => unit.filter((_, j) => j !== i).map((other) => one.reduce((sum, value, k) => sum + value * other[k]!, 0)));
    const expected = cosines.reduce((sum, value) => sum + value, 0) / cosines.length;
    expect(meanCosine(Float32Array.from(rows.flat()), 3)).toBeCloseTo(expected, 9);
  }));
});

it('is one for rows that point the same way, however long they are', () => {
  expect(meanCosine(Float32Array.of(1, 2, 10, 20, 0.1, 0.2), 2)).toBeCloseTo(1, 6);
});

it('passes over rows without a direction, and says nothing of one row', () => {
  expect(meanCosine(Float32Array.of(1, 0, 0, 0, 0, 1), 2)).toBeCloseTo(0, 12);
  expect(meanCosine(Float32Array.of(1, 0, 0, 0), 2)).toBeNull();
});
