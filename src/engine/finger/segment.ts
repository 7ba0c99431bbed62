import type { Photo } from '../face/photo.ts';
import { redrawBorder } from './discriminant.ts';
import { blank, blur, mapPixels } from './grey-image.ts';
import type { GreyImage } from './grey-image.ts';

/** Segmentation looks at the photo in about this size: a finger is still 50 pixels wide, and no ridge is left to mislead it. */
const LONGEST_SIDE = 384;

/** Where skin is (1) and where it is not (0), in pixels of `reduction` x `reduction` of the photo's. */
export interface SkinMask extends GreyImage {
  reduction: number;
}

/**
 * Fingers before their background: first step of contactless pipelines (Priesnitz et al., Sensors 22(3):792, 2022), which threshold a
 * colour channel by Otsu's method. Ours is R - G, because skin of every tone reflects more red than green. The two groups then draw
 * their border anew in all three colours (Fisher's discriminant, a few rounds), which brings back overexposed tips that have lost
 * their red. The largest connected piece is kept, and its holes are filled.
 */
export function segmentSkin(photo: Photo): SkinMask {
  const reduction = Math.max(1, Math.ceil(Math.max(photo.width, photo.height) / LONGEST_SIDE));
  const colours = shrunkColours(photo, reduction);
  const [red, green] = colours as [GreyImage, GreyImage, GreyImage];
  const surplus = mapPixels(red, (value, at) => value - green.data[at]!);
  return { ...solid(redrawBorder(above(surplus), colours)), reduction };
}

const above = (image: GreyImage): GreyImage => {
  const threshold = otsuThreshold(image.data);
  return mapPixels(image, (value) => (value > threshold ? 1 : 0));
};

/** Red, green and blue, 0 to 255, blurred a little. */
function shrunkColours({ width, height, pixels }: Photo, reduction: number): GreyImage[] {
  return [0, 1, 2].map((channel) => {
    const result = blank(Math.floor(width / reduction), Math.floor(height / reduction));
    for (let row = 0; row < result.height; row++) {
      for (let column = 0; column < result.width; column++) {
        let sum = 0;
        for (let part = 0; part < reduction ** 2; part++) {
          sum += pixels[((row * reduction + Math.floor(part / reduction)) * width + column * reduction + (part % reduction)) * 3 + channel]!;
        }
        result.data[row * result.width + column] = sum / reduction ** 2;
      }
    }
    return blur(result, 1.5);
  });
}

/** The threshold between two groups of values with the largest variance between them (Otsu, IEEE SMC 9, 1979). */
export function otsuThreshold(values: Float32Array): number {
  const bins = 256;
  const [least, most] = values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [Infinity, -Infinity]);
  const step = (most - least) / bins || 1;
  const counts = new Float64Array(bins);
  for (const value of values) counts[Math.min(bins - 1, Math.floor((value - least) / step))]!++;
  const whole = counts.reduce((sum, count, bin) => sum + count * bin, 0);
  let [below, weighted, best, bestBin] = [0, 0, -1, 0];
  for (const [bin, count] of counts.entries()) {
    below += count;
    weighted += count * bin;
    if (below === 0 || below === values.length) continue;
    const between = below * (values.length - below) * (weighted / below - (whole - weighted) / (values.length - below)) ** 2;
    if (between > best) [best, bestBin] = [between, bin];
  }
  return least + (bestBin + 1) * step;
}

/** The largest connected piece of ones, without holes. */
export function solid(mask: GreyImage): GreyImage {
  const largest = largestPiece(mask, 1);
  const outside = pieces(largest, 0).filter((piece) => piece.touchesBorder);
  const filled = blank(mask.width, mask.height);
  filled.data.fill(1);
  for (const { pixels } of outside) for (const at of pixels) filled.data[at] = 0;
  return filled;
}

function largestPiece(mask: GreyImage, value: number): GreyImage {
  const [first] = pieces(mask, value).sort((one, other) => other.pixels.length - one.pixels.length);
  const result = blank(mask.width, mask.height);
  for (const at of first?.pixels ?? []) result.data[at] = 1;
  return result;
}

interface Piece {
  pixels: number[];
  touchesBorder: boolean;
}

/** Connected (four neighbours) pieces of pixels that have the value. */
function pieces({ width, height, data }: GreyImage, value: number): Piece[] {
  const seen = new Uint8Array(data.length);
  const found: Piece[] = [];
  for (let start = 0; start < data.length; start++) {
    if (seen[start] === 1 || data[start] !== value) continue;
    const piece: Piece = { pixels: [start], touchesBorder: false };
    seen[start] = 1;
    for (let next = 0; next < piece.pixels.length; next++) {
      const at = piece.pixels[next]!;
      const [column, row] = [at % width, Math.floor(at / width)];
      if (column === 0 || row === 0 || column === width - 1 || row === height - 1) piece.touchesBorder = true;
      const neighbours = [column > 0 ? at - 1 : at, column < width - 1 ? at + 1 : at, row > 0 ? at - width : at, row < height - 1 ? at + width : at];
      for (const neighbour of neighbours) {
        if (seen[neighbour] === 1 || data[neighbour] !== value) continue;
        seen[neighbour] = 1;
        piece.pixels.push(neighbour);
      }
    }
    found.push(piece);
  }
  return found;
}
