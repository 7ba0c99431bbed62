import type { Picture } from './augment.ts';

/** Grey v in 0 to 1 becomes v ** gamma, in place: black and white stay, what is between goes darker (gamma > 1) or brighter. */
export function bendTone({ values }: Picture, gamma: number): void {
  for (let index = 0; index < values.length; index++) values[index] = 255 * Math.min(1, Math.max(0, values[index]! / 255)) ** gamma;
}
