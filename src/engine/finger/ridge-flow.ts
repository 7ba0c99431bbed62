import { blank, blur, mapPixels } from './grey-image.ts';
import type { GreyImage } from './grey-image.ts';

export interface RidgeFlow {
  /** Which way ridges run, radians, 0 along the rows, of a line: angles half a turn apart are the same. */
  angle: GreyImage;
  /** How much of the light's change runs one way, 0 (all ways alike) to 1. */
  coherence: GreyImage;
}

/**
 * Direction of ridges from averaged squared gradients (Kass and Witkin 1987; Bazen and Gerez, IEEE PAMI 24, 2002, eqs. 3 to 8), averaged
 * by a Gaussian of `sigma` pixels.
 */
export function ridgeFlow(image: GreyImage, sigma: number): RidgeFlow {
  const { width, height, data } = blur(image, 1);
  const [difference, product, energy] = [blank(width, height), blank(width, height), blank(width, height)];
  for (let row = 1; row < height - 1; row++) {
    for (let column = 1; column < width - 1; column++) {
      const at = row * width + column;
      const [x, y] = [data[at + 1]! - data[at - 1]!, data[at + width]! - data[at - width]!];
      [difference.data[at], product.data[at], energy.data[at]] = [x * x - y * y, 2 * x * y, x * x + y * y];
    }
  }
  const [real, imaginary, whole] = [blur(difference, sigma), blur(product, sigma), blur(energy, sigma)];
  return {
    angle: mapPixels(real, (value, at) => Math.atan2(imaginary.data[at]!, value) / 2 + Math.PI / 2),
    coherence: mapPixels(real, (value, at) => Math.hypot(value, imaginary.data[at]!) / (whole.data[at]! + 1e-9)),
  };
}
