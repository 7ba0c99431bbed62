import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { looksLikeBmp, parseBmp } from './bmp.ts';

/** Two rows, blue over red; three pixels wide, so that rows are padded. */
function bitmap({ bits, isTopDown }: { bits: 8 | 24; isTopDown: boolean }): Uint8Array {
  const [palette, rowBytes] = [bits === 8 ? 8 : 0, bits === 8 ? 4 : 12];
  const bytes = new Uint8Array(54 + palette + 2 * rowBytes);
  const view = new DataView(bytes.buffer);
  bytes.set([0x42, 0x4d]);
  view.setUint32(10, 54 + palette, true);
  view.setUint32(14, 40, true);
  view.setInt32(18, 3, true);
  view.setInt32(22, isTopDown ? -2 : 2, true);
  view.setUint16(28, bits, true);
  if (bits === 8) {
    view.setUint32(46, 2, true);
    bytes.set([255, 0, 0, 0, 0, 0, 255, 0], 54);
  }
  for (const [index, isBlue] of (isTopDown ? [true, false] : [false, true]).entries()) {
    const start = 54 + palette + index * rowBytes;
    bytes.set(bits === 8 ? Array<number>(3).fill(isBlue ? 0 : 1) : [0, 1, 2].flatMap(() => (isBlue ? [255, 0, 0] : [0, 0, 255])), start);
  }
  return bytes;
}

describe('a bitmap', () => {
  it.each([{ bits: 8, isTopDown: false }, { bits: 8, isTopDown: true }, { bits: 24, isTopDown: false }, { bits: 24, isTopDown: true }] as const)('%o has its first row on top', (kind) => {
    const bytes = bitmap(kind);
    expect(looksLikeBmp(bytes)).toBe(true);
    const { width, height, pixels } = parseBmp(bytes, 100);
    expect([width, height]).toEqual([3, 2]);
    expect([...pixels]).toEqual([...Array(3).fill([0, 0, 255]).flat(), ...Array(3).fill([255, 0, 0]).flat()]);
  });

  it('that is too large, compressed or cut short is refused in words', () => {
    expect(() => parseBmp(bitmap({ bits: 8, isTopDown: false }), 5)).toThrow('3 x 2 pixels, more than');
    expect(() => parseBmp(bitmap({ bits: 8, isTopDown: false }).subarray(0, 66), 100)).toThrow('cut short');
    const packed = bitmap({ bits: 8, isTopDown: false });
    packed[30] = 1;
    expect(() => parseBmp(packed, 100)).toThrow('with compression 1');
  });

  it('of any damaged header is refused or read, never a crash', () => {
    fc.assert(fc.property(fc.uint8Array({ minLength: 52, maxLength: 300 }), (rest) => {
      const bytes = Uint8Array.of(0x42, 0x4d, ...rest);
      try {
        const { width, height, pixels } = parseBmp(bytes, 1000);
        expect(pixels).toHaveLength(width * height * 3);
      } catch (error) {
        expect((error as Error).message).toMatch(/^its? /);
      }
    }));
  });
});
