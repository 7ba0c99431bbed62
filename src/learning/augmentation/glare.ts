import type { Random } from '../random.ts';
import type { Picture } from './augment.ts';

/** In shares of the picture's width. */
const [NARROWEST, WIDEST] = [0.05, 0.2];
const [FAINTEST, BRIGHTEST] = [0.3, 1.2];

/** The reflection of a lamp, in place: an upright blot of light that is added, and saturates in its middle. */
export function shineLamp({ values, width, height, channels }: Picture, random: Random): void {
  const centre = { x: random.uniform() * width, y: random.uniform() * height };
  const spread = { x: random.between(NARROWEST, WIDEST) * width, y: random.between(NARROWEST, WIDEST) * width * 1.5 };
  const strength = 255 * random.between(FAINTEST, BRIGHTEST);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const light = strength * Math.exp(-(((x - centre.x) / spread.x) ** 2) - ((y - centre.y) / spread.y) ** 2);
      for (let at = (y * width + x) * channels; at < (y * width + x + 1) * channels; at++) values[at] = Math.min(255, values[at]! + light);
    }
  }
}
