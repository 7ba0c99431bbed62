import { expect, it } from 'vitest';
import { layStamp } from './lay-stamp.ts';

const [RED, BLUE] = [0xff0000ff, 0xffff0000];
const picture = (ground = 0) => ({ pixels: new Uint32Array(16).fill(ground), width: 4, height: 4 });
const stamp = { side: 2, pixels: Uint32Array.of(RED, 0, 0, RED) };
const shown = ({ pixels }: { pixels: Uint32Array }) => Array.from({ length: 4 }, (_, row) => Array.from(pixels.subarray(row * 4, row * 4 + 4), (pixel) => (pixel === RED ? '#' : pixel === BLUE ? '.' : pixel === 0 ? ' ' : '?')).join(''));

it('lays a stamp with its middle at a pixel, and leaves alone what it does not cover', () => {
  const ground = picture(BLUE);
  layStamp(ground, stamp, { x: 2, y: 2 });
  expect(shown(ground)).toEqual(['....', '.#..', '..#.', '....']);
});

it.each([
  [{ x: 0, y: 0 }, ['#   ', '    ', '    ', '    ']],
  [{ x: 4, y: 4 }, ['    ', '    ', '    ', '   #']],
  [{ x: -9, y: 2 }, ['    ', '    ', '    ', '    ']],
  [{ x: 4, y: 1 }, ['   #', '    ', '    ', '    ']],
])('leaves out what hangs over the edge at %o', (middle, rows) => {
  const ground = picture();
  layStamp(ground, stamp, middle);
  expect(shown(ground)).toEqual(rows);
});

it('mixes what is not opaque with what lies below', () => {
  const ground = picture(BLUE);
  layStamp(ground, { side: 1, pixels: Uint32Array.of(0x800000ff) }, { x: 0, y: 0 });
  expect(ground.pixels[0]!.toString(16)).toBe('ff7f0080');
});
