import type { ImageSource } from '../../contract/engine-port.ts';
import { describeFailure, openImage, UnreadableImage } from '../images/open-image.ts';
import { apply, invert } from './geometry.ts';
import type { Similarity } from './geometry.ts';

/** Photos are looked at in at most this size: a 100-megapixel photo takes 12 MB, and a face of a tenth of it is still 200 pixels wide. */
const LONGEST_SIDE = 2048;

/** Upright pixels, RGB bytes, row-major. */
export interface Photo {
  width: number;
  height: number;
  pixels: Uint8Array;
  /** Pixels of the file per pixel here, at least 1. */
  reduction: number;
}

/** @throws UnreadableImage */
export async function readPhoto(source: ImageSource): Promise<Photo> {
  const image = await openImage(source);
  try {
    const { data, info } = await image.pipeline()
      .resize({ width: LONGEST_SIDE, height: LONGEST_SIDE, fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb').removeAlpha()
      .raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
    const pixels = info.channels === 3 ? new Uint8Array(data) : Uint8Array.from({ length: data.length * 3 }, (_, index) => data[Math.floor(index / 3)]!);
    return { width: info.width, height: info.height, pixels, reduction: image.width / info.width };
  } catch (error) {
    throw new UnreadableImage(describeFailure(error, image.bytes));
  }
}

/**
 * A square of `side` pixels in which each pixel is taken where `transform` (photo to square) has it from: bilinear, over
 * a grid of points as fine as the photo where it is made smaller, black outside.
 */
export function warp(photo: Photo, transform: Similarity, side: number): Uint8Array {
  const back = invert(transform);
  const samples = Math.min(8, Math.max(1, Math.round(Math.hypot(back.a, back.b))));
  const square = new Uint8Array(side * side * 3);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const sum = [0, 0, 0];
      for (let part = 0; part < samples * samples; part++) {
        const x = column - 0.5 + ((part % samples) + 0.5) / samples;
        const y = row - 0.5 + (Math.floor(part / samples) + 0.5) / samples;
        addBilinear(photo, apply(back, { x, y }), sum);
      }
      for (let channel = 0; channel < 3; channel++) square[(row * side + column) * 3 + channel] = Math.round(sum[channel]! / samples ** 2);
    }
  }
  return square;
}

function addBilinear({ width, height, pixels }: Photo, { x, y }: { x: number; y: number }, sum: number[]): void {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  for (const [column, row, weight] of [
    [left, top, (left + 1 - x) * (top + 1 - y)], [left + 1, top, (x - left) * (top + 1 - y)],
    [left, top + 1, (left + 1 - x) * (y - top)], [left + 1, top + 1, (x - left) * (y - top)],
  ] as const) {
    if (column < 0 || row < 0 || column >= width || row >= height) continue;
    const at = (row * width + column) * 3;
    for (let channel = 0; channel < 3; channel++) sum[channel] = sum[channel]! + weight * pixels[at + channel]!;
  }
}
