import { describe, expect, test } from 'vitest';
import { looksLikePgm, parsePgm } from './pgm.ts';

const LIMIT = 1e6;
const bytesOf = (text: string, ...more: number[]): Uint8Array => new Uint8Array([...Buffer.from(text, 'latin1'), ...more]);

describe('a portable any-map', () => {
  test('in binary grey is read as it stands', () => {
    expect(parsePgm(bytesOf('P5 3 2 255\n', 0, 1, 2, 253, 254, 255), LIMIT)).toEqual({ width: 3, height: 2, channels: 1, pixels: new Uint8Array([0, 1, 2, 253, 254, 255]) });
  });

  test('in text is read with comments between its numbers', () => {
    expect(parsePgm(bytesOf('P2\n# a comment\n2 2 # another\n15\n0 15\n5 10\n'), LIMIT).pixels).toEqual(new Uint8Array([0, 255, 85, 170]));
  });

  test('in colour has three channels, in binary and in text', () => {
    expect(parsePgm(bytesOf('P6 1 1 255\n', 9, 8, 7), LIMIT)).toMatchObject({ channels: 3, pixels: new Uint8Array([9, 8, 7]) });
    expect(parsePgm(bytesOf('P3 1 1 255\n9 8 7'), LIMIT)).toMatchObject({ channels: 3, pixels: new Uint8Array([9, 8, 7]) });
  });

  test('of 16 bits comes out in 8', () => {
    expect(parsePgm(bytesOf('P5 2 1 65535\n', 255, 255, 128, 0), LIMIT).pixels).toEqual(new Uint8Array([255, 128]));
  });

  test.each([
    ['cut short in binary', bytesOf('P5 3 2 255\n', 1, 2), 'cut short'],
    ['cut short in text', bytesOf('P2 300 200 255\n1 2 3'), 'cut short'],
    ['without a size', bytesOf('P5 \n'), 'number is missing'],
    ['of no width', bytesOf('P5 0 4 255\n'), '0 x 4'],
    ['with a wrong maximum', bytesOf('P5 1 1 99999\n', 1), '99999'],
    ['of a size no memory holds', bytesOf('P5 99999 99999 255\n'), 'million'],
  ])('%s is refused with the reason', (_, bytes, reason) => {
    expect(() => parsePgm(bytes, LIMIT)).toThrow(reason);
  });

  test('is known by its first three bytes', () => {
    expect(looksLikePgm(bytesOf('P5\n1 1'))).toBe(true);
    expect(looksLikePgm(bytesOf('P5x'))).toBe(false);
    expect(looksLikePgm(bytesOf('P4\n'))).toBe(false);
    expect(looksLikePgm(new Uint8Array())).toBe(false);
  });
});
