import { describe, expect, it } from 'vitest';
import { contingency, entropy, mutualInformation } from './contingency.ts';

describe('a contingency table', () => {
  const table = contingency(Int32Array.of(5, 5, -2, 5), Int32Array.of(1, 0, 0, 1));

  it('counts groups and the cells that are not empty', () => {
    expect(table).toEqual({
      items: 4,
      rowSizes: Float64Array.of(3, 1),
      columnSizes: Float64Array.of(2, 2),
      cells: [
        { row: 0, column: 0, count: 2 },
        { row: 0, column: 1, count: 1 },
        { row: 1, column: 1, count: 1 },
      ],
    });
  });

  it('has the entropy and mutual information worked by hand', () => {
    expect(entropy(table.columnSizes, 4)).toBeCloseTo(Math.LN2, 15);
    const expected = 0.5 * Math.log(4 / 3) + 0.25 * Math.log(2 / 3) + 0.25 * Math.log(2);
    expect(mutualInformation(table)).toBeCloseTo(expected, 15);
  });
});
