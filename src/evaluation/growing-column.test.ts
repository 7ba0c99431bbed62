import { describe, expect, it } from 'vitest';
import { growingFloats, growingIntegers } from './growing-column.ts';

describe('a growing column', () => {
  it('keeps every value past its first size', () => {
    const floats = growingFloats();
    const integers = growingIntegers();
    for (let at = 0; at < 5000; at++) {
      floats.push(at / 2);
      integers.push(-at);
    }
    expect(floats.finish()).toEqual(Float64Array.from({ length: 5000 }, (_, at) => at / 2));
    expect(integers.finish()).toEqual(Int32Array.from({ length: 5000 }, (_, at) => -at));
    expect(growingFloats().finish()).toHaveLength(0);
  });
});
