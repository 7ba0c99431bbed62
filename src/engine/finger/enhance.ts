import { blank, blur, mapPixels } from './grey-image.ts';
import type { GreyImage } from './grey-image.ts';
import type { RidgeFlow } from './ridge-flow.ts';

/** Pixels from ridge to ridge after scaling, what a print of 500 pixels an inch has on average. */
export const COMMON_PERIOD = 9;
/** Standard deviations beyond which a pixel is glare or dirt. */
const MOST_CONTRAST = 2.5;
const DIRECTIONS = 24;
/** Of the Gabor filter's Gaussian, and how far it reaches, in periods (Hong, Wan and Jain use 4 pixels at a period of 9). */
const SPREAD = 4 / 9;
const REACH = 10 / 9;

/** Zero mean and unit deviation around every pixel, over about two ridges: shading and uneven contrast are gone. Zero off the mask. */
export function localContrast(image: GreyImage, mask: GreyImage): GreyImage {
  const weight = blur(mask, COMMON_PERIOD);
  const around = (values: GreyImage): GreyImage => {
    const sum = blur(mapPixels(values, (value, at) => value * mask.data[at]!), COMMON_PERIOD);
    return mapPixels(sum, (value, at) => value / Math.max(1e-6, weight.data[at]!));
  };
  const mean = around(image);
  const deviation = around(mapPixels(image, (value, at) => (value - mean.data[at]!) ** 2));
  return mapPixels(image, (value, at) => {
    if (mask.data[at]! < 0.5) return 0;
    return Math.max(-MOST_CONTRAST, Math.min(MOST_CONTRAST, (value - mean.data[at]!) / Math.sqrt(deviation.data[at]! + 1)));
  });
}

/**
 * Each pixel through the even Gabor filter of its own ridge direction and the common period (Hong, Wan and Jain, IEEE PAMI 20, 1998,
 * eq. 17), without its mean, so that even light gives 0. @param image of zero mean, as localContrast gives it.
 */
export function gaborEnhance(image: GreyImage, { angle, period = COMMON_PERIOD }: Pick<RidgeFlow, 'angle'> & { period?: number }, mask: GreyImage): GreyImage {
  const { width, height, data } = image;
  const reach = Math.round(REACH * period);
  const kernels = Array.from({ length: DIRECTIONS }, (_, index) => gaborKernel((index * Math.PI) / DIRECTIONS, period));
  const result = blank(width, height);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const at = row * width + column;
      if (mask.data[at]! < 0.5) continue;
      const kernel = kernels[((Math.round((angle.data[at]! * DIRECTIONS) / Math.PI) % DIRECTIONS) + DIRECTIONS) % DIRECTIONS]!;
      let sum = 0;
      for (let y = Math.max(-reach, -row); y <= Math.min(reach, height - 1 - row); y++) {
        const [from, line] = [at + y * width, (y + reach) * (2 * reach + 1) + reach];
        for (let x = Math.max(-reach, -column); x <= Math.min(reach, width - 1 - column); x++) sum += kernel[line + x]! * data[from + x]!;
      }
      result.data[at] = sum;
    }
  }
  return result;
}

/** Answers 1 to a wave of the period, in pixels, and height 1 whose ridges run along `angle`. */
export function gaborKernel(angle: number, period: number): Float32Array {
  const reach = Math.round(REACH * period);
  const side = 2 * reach + 1;
  const at = (index: number): { across: number; window: number } => {
    const [x, y] = [(index % side) - reach, Math.floor(index / side) - reach];
    return { across: y * Math.cos(angle) - x * Math.sin(angle), window: Math.exp(-(x * x + y * y) / (2 * (SPREAD * period) ** 2)) };
  };
  const wave = (across: number): number => Math.cos((2 * Math.PI * across) / period);
  const indices = [...Array(side * side).keys()].map(at);
  const total = indices.reduce((sum, { window }) => sum + window, 0);
  const mean = indices.reduce((sum, { across, window }) => sum + window * wave(across), 0) / total;
  const kernel = Float32Array.from(indices, ({ across, window }) => window * (wave(across) - mean));
  const answer = indices.reduce((sum, { across }, index) => sum + kernel[index]! * wave(across), 0);
  return kernel.map((value) => value / answer);
}

/**
 * A photo's ridges as a contact print shows them: a sensor draws ridges dark where a lamp makes them bright, and a print is the finger's
 * mirror image. The ground is white. @param ridges bright ridges positive. @returns 0 (ridge) to 255.
 */
export function likePrint(ridges: GreyImage, mask: GreyImage): GreyImage {
  const dark = inkOf(mapPixels(ridges, (value) => -value), mask);
  return mapPixels(dark, (_, at) => dark.data[at - (at % dark.width) + dark.width - 1 - (at % dark.width)]!);
}

/** Negative is ridge; a print is so already. @returns 0 (ridge) to 255. */
export function inkOf(ridges: GreyImage, mask: GreyImage): GreyImage {
  return mapPixels(ridges, (value, at) => (mask.data[at]! < 0.5 ? 255 : 127.5 + 127.5 * Math.tanh(2 * value)));
}
