import type { Random } from '../random.ts';
import type { Picture } from './augment.ts';

const SMALLEST_SIDE = 0.15;
const LARGEST_SIDE = 0.4;

/** Covers a random box with one grey (random erasing, Zhong et al., AAAI 2020), in place. */
export function occlude({ values, width, height, channels }: Picture, random: Random): void {
  const boxWidth = Math.round(width * random.between(SMALLEST_SIDE, LARGEST_SIDE));
  const boxHeight = Math.round(height * random.between(SMALLEST_SIDE, LARGEST_SIDE));
  const left = random.below(width - boxWidth + 1);
  const top = random.below(height - boxHeight + 1);
  const grey = random.between(0, 255);
  for (let y = top; y < top + boxHeight; y++) {
    values.fill(grey, (y * width + left) * channels, (y * width + left + boxWidth) * channels);
  }
}
