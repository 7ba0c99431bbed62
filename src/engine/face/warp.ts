import { apply, compose, invert } from './geometry.ts';
import type { Similarity } from './geometry.ts';
import type { Photo } from './photo.ts';

/** RGB, row-major. */
type Pixels = Pick<Photo, 'width' | 'height'> & { pixels: Uint8Array | Float32Array };

/**
 * A square of `side` pixels in which each pixel is taken where `transform` (photo to square) has it from: RGB of 0 to 255, bilinear, of
 * averages over as many pixels as one stands for where the photo is made smaller; black outside.
 */
export function warp(photo: Photo, transform: Similarity, side: number): Float32Array {
  const back = invert(transform);
  const factor = Math.max(1, Math.round(Math.hypot(back.a, back.b)));
  if (factor === 1) return sample(photo, back, side);
  const { part, toPart } = shrink(photo, { factor, seen: seenBy(back, side, photo) });
  return sample(part, compose(back, toPart), side);
}

/** Columns and rows of the photo that the square sees, with a margin for what lies between pixels. */
interface Region {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

function seenBy(back: Similarity, side: number, { width, height }: Photo): Region {
  const corners = [[0, 0], [side, 0], [0, side], [side, side]].map(([x, y]) => apply(back, { x: x!, y: y! }));
  const margin = 2 * Math.hypot(back.a, back.b) + 1;
  const within = (value: number, most: number): number => Math.min(most, Math.max(0, Math.floor(value)));
  const [xs, ys] = [corners.map(({ x }) => x), corners.map(({ y }) => y)];
  return {
    left: within(Math.min(...xs) - margin, width), right: within(Math.max(...xs) + margin, width),
    top: within(Math.min(...ys) - margin, height), bottom: within(Math.max(...ys) + margin, height),
  };
}

/** A part of the photo whose pixels are averages over factor x factor of it; beyond its edge it is black. `toPart` leads there. */
function shrink({ width, pixels }: Photo, { factor, seen }: { factor: number; seen: Region }): { part: Pixels; toPart: Similarity } {
  const [columns, rows] = [Math.ceil((seen.right - seen.left) / factor), Math.ceil((seen.bottom - seen.top) / factor)];
  const sums = new Float32Array(columns * rows * 3);
  for (let y = seen.top; y < seen.bottom; y++) {
    let from = (y * width + seen.left) * 3;
    let to = Math.floor((y - seen.top) / factor) * columns * 3;
    for (let x = seen.left, counted = 0; x < seen.right; x++, from += 3) {
      sums[to]! += pixels[from]!;
      sums[to + 1]! += pixels[from + 1]!;
      sums[to + 2]! += pixels[from + 2]!;
      if (++counted === factor) {
        counted = 0;
        to += 3;
      }
    }
  }
  const share = 1 / factor ** 2;
  for (let index = 0; index < sums.length; index++) sums[index]! *= share;
  // A pixel's centre is its place, so that of an average lies between those of its pixels.
  const shift = (edge: number): number => -(edge + (factor - 1) / 2) / factor;
  return { part: { width: columns, height: rows, pixels: sums }, toPart: { a: 1 / factor, b: 0, tx: shift(seen.left), ty: shift(seen.top) } };
}

function sample({ width, height, pixels }: Pixels, { a, b, tx, ty }: Similarity, side: number): Float32Array {
  const square = new Float32Array(side * side * 3);
  for (let row = 0, at = 0; row < side; row++) {
    for (let column = 0; column < side; column++, at += 3) {
      const [x, y] = [a * column - b * row + tx, b * column + a * row + ty];
      const [left, top] = [Math.floor(x), Math.floor(y)];
      if (left < -1 || top < -1 || left >= width || top >= height) continue;
      const [right, below] = [x - left, y - top];
      // Weights of the four pixels around; those beyond the edge are black.
      const upperLeft = left >= 0 && top >= 0 ? (1 - right) * (1 - below) : 0;
      const upperRight = left + 1 < width && top >= 0 ? right * (1 - below) : 0;
      const lowerLeft = left >= 0 && top + 1 < height ? (1 - right) * below : 0;
      const lowerRight = left + 1 < width && top + 1 < height ? right * below : 0;
      const from = (top * width + left) * 3;
      const next = from + width * 3;
      for (let channel = 0; channel < 3; channel++) {
        let sum = 0;
        if (upperLeft > 0) sum += upperLeft * pixels[from + channel]!;
        if (upperRight > 0) sum += upperRight * pixels[from + 3 + channel]!;
        if (lowerLeft > 0) sum += lowerLeft * pixels[next + channel]!;
        if (lowerRight > 0) sum += lowerRight * pixels[next + 3 + channel]!;
        square[at + channel] = sum;
      }
    }
  }
  return square;
}
