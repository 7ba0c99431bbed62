import { apply, invert } from '../face/geometry.ts';
import type { Similarity } from '../face/geometry.ts';

/** One plane, row-major. What its numbers mean (light, a mask's 0 and 1, angles) is said where one is made. */
export interface GreyImage {
  width: number;
  height: number;
  data: Float32Array;
}

export const blank = (width: number, height: number): GreyImage => ({ width, height, data: new Float32Array(width * height) });

export const mapPixels = (image: GreyImage, change: (value: number, index: number) => number): GreyImage => ({ ...image, data: image.data.map(change) });

/** Wider Gaussians than this are made of three boxes, whose cost does not grow with their width (Wells, IEEE PAMI 8, 1986). */
const WIDE = 4;

/** Gaussian of `sigma` pixels; beyond the border the border's pixels go on. */
export function blur(image: GreyImage, sigma: number): GreyImage {
  if (sigma > WIDE) {
    const reach = Math.round((Math.sqrt(4 * sigma ** 2 + 1) - 1) / 2);
    return transposedBoxes(transposedBoxes(image, reach), reach);
  }
  const reach = Math.ceil(3 * sigma);
  const weights = Float32Array.from({ length: 2 * reach + 1 }, (_, index) => Math.exp(-((index - reach) ** 2) / (2 * sigma ** 2)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const kernel = weights.map((weight) => weight / total);
  return transposedBlur(transposedBlur(image, kernel), kernel);
}

/** Three running means of 2 reach + 1 pixels over the rows, which become columns. */
function transposedBoxes({ width, height, data }: GreyImage, reach: number): GreyImage {
  const result = blank(height, width);
  const side = 2 * reach + 1;
  const line = new Float64Array(width + 6 * reach);
  for (let row = 0; row < height; row++) {
    const pixels = data.subarray(row * width, (row + 1) * width);
    line.fill(pixels[0]!, 0, 3 * reach).set(pixels, 3 * reach);
    line.fill(pixels[width - 1]!, 3 * reach + width);
    for (let length = line.length; length > width; length -= 2 * reach) runningMean(line, { length, side });
    for (let column = 0; column < width; column++) result.data[column * height + row] = line[column]!;
  }
  return result;
}

/** In place: the mean of each `side` values from each place on. */
function runningMean(line: Float64Array, { length, side }: { length: number; side: number }): void {
  let sum = 0;
  for (let index = 0; index < side; index++) sum += line[index]!;
  for (let index = 0; index + side <= length; index++) {
    const first = line[index]!;
    line[index] = sum / side;
    sum += (line[index + side] ?? 0) - first;
  }
}

/** Filters the rows and swaps rows with columns, so that twice is both. */
function transposedBlur({ width, height, data }: GreyImage, kernel: Float32Array): GreyImage {
  const reach = kernel.length >> 1;
  const result = blank(height, width);
  const line = new Float32Array(width + 2 * reach);
  for (let row = 0; row < height; row++) {
    const pixels = data.subarray(row * width, (row + 1) * width);
    line.fill(pixels[0]!, 0, reach).set(pixels, reach);
    line.fill(pixels[width - 1]!, reach + width);
    for (let column = 0; column < width; column++) {
      let sum = 0;
      for (let tap = 0; tap < kernel.length; tap++) sum += kernel[tap]! * line[column + tap]!;
      result.data[column * height + row] = sum;
    }
  }
  return result;
}

/** Bilinear; the border's pixels go on beyond it. */
export function sampleAt({ width, height, data }: GreyImage, x: number, y: number): number {
  const [inX, inY] = [Math.min(width - 1, Math.max(0, x)), Math.min(height - 1, Math.max(0, y))];
  const [left, top] = [Math.floor(inX), Math.floor(inY)];
  const [right, bottom] = [Math.min(width - 1, left + 1), Math.min(height - 1, top + 1)];
  const [u, v] = [inX - left, inY - top];
  return (1 - v) * ((1 - u) * data[top * width + left]! + u * data[top * width + right]!) + v * ((1 - u) * data[bottom * width + left]! + u * data[bottom * width + right]!);
}

/**
 * The picture of `size` whose pixels lie where `transform` (old to new coordinates) has them from, `outside` where there is nothing.
 * Where it makes smaller, what is too fine for the new grid is blurred away first.
 */
export function warpGrey(image: GreyImage, transform: Similarity, { width, height, outside }: { width: number; height: number; outside: number }): GreyImage {
  const scale = Math.hypot(transform.a, transform.b);
  const source = scale < 0.9 ? blur(image, 0.45 / scale) : image;
  const back = invert(transform);
  const result = blank(width, height);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const { x, y } = apply(back, { x: column, y: row });
      const isInside = x > -1 && y > -1 && x < image.width && y < image.height;
      result.data[row * width + column] = isInside ? sampleAt(source, x, y) : outside;
    }
  }
  return result;
}

/** The part from (left, top), which must lie inside. */
export function cropGrey(image: GreyImage, { left, top, width, height }: { left: number; top: number; width: number; height: number }): GreyImage {
  const result = blank(width, height);
  for (let row = 0; row < height; row++) {
    const from = (top + row) * image.width + left;
    result.data.set(image.data.subarray(from, from + width), row * width);
  }
  return result;
}
