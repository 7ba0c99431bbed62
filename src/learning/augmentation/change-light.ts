import type { Augmentation } from '../../contract/recipe/network.ts';
import type { Random } from '../random.ts';
import type { Picture } from './augment.ts';

const MIDDLE = 127.5;

/** Brightness (a share of the whole range) and contrast (about the middle), in place; values stay within 0 to 255. */
export function changeLight({ values }: Picture, { brightness, contrast }: Augmentation, random: Random): void {
  const offset = 255 * brightness * random.between(-1, 1);
  const gain = 1 + contrast * random.between(-1, 1);
  if (offset === 0 && gain === 1) return;
  for (let index = 0; index < values.length; index++) {
    values[index] = Math.min(255, Math.max(0, (values[index]! - MIDDLE) * gain + MIDDLE + offset));
  }
}
