import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextAbove } from './next-above.ts';

describe('the next number above', () => {
  it('is the neighbour in the known cases', () => {
    expect(nextAbove(1)).toBe(1 + Number.EPSILON);
    expect(nextAbove(-1)).toBe(-1 + Number.EPSILON / 2);
    expect(nextAbove(0)).toBe(Number.MIN_VALUE);
    expect(nextAbove(-0)).toBe(Number.MIN_VALUE);
    expect(nextAbove(-Infinity)).toBe(-Number.MAX_VALUE);
    expect(nextAbove(Number.MAX_VALUE)).toBe(Infinity);
  });

  it('leaves no number between', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e300, max: 1e300 }), (value) => {
        const above = nextAbove(value);
        const middle = value / 2 + above / 2;
        expect(above).toBeGreaterThan(value);
        expect(middle === value || middle === above || Math.abs(value) < 1e-300).toBe(true);
      }),
    );
  });
});
