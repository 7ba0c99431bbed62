import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ascendingOrder } from './ascending-order.ts';

describe('the ascending order', () => {
  it('equals a stable comparison sort, infinities and both zeros included', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.double({ noNaN: true }), fc.integer({ min: -2, max: 2 }))), (numbers) => {
        const scores = Float64Array.from(numbers, (number) => number + 0 || 0); // one zero
        const expected = Array.from(scores.keys()).sort((a, b) => (scores[a]! < scores[b]! ? -1 : scores[a]! > scores[b]! ? 1 : a - b));
        expect([...ascendingOrder(scores)]).toEqual(expected);
      }),
    );
  });

  it('takes float32 scores and keeps -0 beside 0', () => {
    expect([...ascendingOrder(Float32Array.of(0.1, -0.1, 0, -0, -5))]).toEqual([4, 1, 3, 2, 0]);
  });
});
