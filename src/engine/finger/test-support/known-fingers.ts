import { blank, mapPixels } from '../grey-image.ts';
import type { GreyImage } from '../grey-image.ts';
import { photograph } from '../synthetic/photograph.ts';
import type { Conditions } from '../synthetic/photograph.ts';
import { drawConditions, fourFingers, lonelyFinger, printOf, randomOf } from '../synthetic/scenes.ts';
import type { Hand } from '../synthetic/scenes.ts';

/** Grown once: it is what takes the time. */
export const knownPrint = printOf({ seed: 1, subject: 1, hand: 'left', finger: 0 });

export function photographOne(change: Partial<Conditions> = {}) {
  const random = randomOf(7);
  const { fingers, size, width } = lonelyFinger(knownPrint, random);
  return { ...photograph(fingers, { ...drawConditions(random, size, width / 36), ...change }, random), width };
}

export function photographHand(hand: Hand) {
  const random = randomOf(11);
  const { fingers, size, width } = fourFingers([knownPrint, knownPrint, knownPrint, knownPrint], hand, random);
  return { ...photograph(fingers, drawConditions(random, size, width / 36), random), width };
}

/** Straight ridges of that period which run along `angle`. */
export function wave(side: number, { period, angle }: { period: number; angle: number }): GreyImage {
  return mapPixels(blank(side, side), (_, at) => {
    const across = Math.floor(at / side) * Math.cos(angle) - (at % side) * Math.sin(angle);
    return 128 + 60 * Math.cos((2 * Math.PI * across) / period);
  });
}
