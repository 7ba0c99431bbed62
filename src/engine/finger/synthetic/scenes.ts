import { randomInteger, seededRandom } from '../../../evaluation/random.ts';
import type { Random } from '../../../evaluation/random.ts';
import type { Similarity } from '../../face/geometry.ts';
import { masterPrint } from './master-print.ts';
import type { MasterPrint } from './master-print.ts';
import type { Conditions, PlacedFinger } from './photograph.ts';

export const fingerNames = ['index', 'middle', 'ring', 'little'] as const;
export const hands = ['left', 'right'] as const;
export type Hand = (typeof hands)[number];

/** Skin in full light, from light to dark: red, green, blue. */
const SKINS = [[0.9, 0.68, 0.58], [0.82, 0.58, 0.46], [0.66, 0.43, 0.32], [0.45, 0.28, 0.2]] as const;
const BACKGROUNDS = [[0.05, 0.05, 0.06], [0.35, 0.38, 0.4], [0.2, 0.32, 0.2], [0.85, 0.86, 0.88]] as const;

/** Of a number of a person, one of ten streams of numbers, so that one finger does not hang on how many another drew. */
export function randomOf(...numbers: readonly number[]): Random {
  return seededRandom(numbers.reduce((mixed, value) => (Math.imul(mixed ^ value, 0x9e3779b1) ^ (mixed >>> 15)) >>> 0, 0x85ebca6b));
}

/** The ridges of a person's finger, the same for the same numbers. @param period of the ridges, in pixels; the common one if left out. */
export function printOf({ seed, subject, hand, finger, period }: { seed: number; subject: number; hand: Hand; finger: number; period?: number }): MasterPrint {
  return masterPrint(randomOf(seed, subject, hands.indexOf(hand), finger), period);
}

/** What changes from photo to photo: light, background, focus. @param ridgePeriod in pixels of the photo. */
export function drawConditions(random: Random, size: { width: number; height: number }, ridgePeriod: number): Conditions {
  return {
    ...size,
    skin: SKINS[randomInteger(random, SKINS.length)]!,
    background: BACKGROUNDS[randomInteger(random, BACKGROUNDS.length)]!,
    ridgeContrast: 0.1 + 0.2 * random(),
    glare: 0.25 * random() ** 2,
    defocus: ridgePeriod * (0.06 + 0.12 * random()),
    noise: 1 + 3 * random(),
  };
}

/** A finger of `width` pixels whose tip lies at (x, y), turned clockwise from upright by `turn` radians. */
export function place({ x, y, width, turn }: { x: number; y: number; width: number; turn: number }): Similarity {
  return { a: width * Math.cos(turn), b: width * Math.sin(turn), tx: x, ty: y };
}

/** One finger that comes in from below, about upright. */
export function lonelyFinger(print: MasterPrint, random: Random): { fingers: PlacedFinger[]; size: { width: number; height: number }; width: number } {
  const width = Math.round(230 + 90 * random());
  const size = { width: Math.round(width * 1.8), height: Math.round(width * 2.3) };
  const turn = 0.4 * (random() - 0.5);
  return { fingers: [{ print, place: place({ x: size.width / 2 + turn * width, y: width * (0.3 + 0.1 * random()), width, turn }) }], size, width };
}

/** Four fingers of a hand beside each other, which come in from the left or the right as people hold a hand before a phone. */
export function fourFingers(prints: readonly MasterPrint[], hand: Hand, random: Random): { fingers: PlacedFinger[]; size: { width: number; height: number }; width: number } {
  const width = Math.round(190 + 50 * random());
  const size = { width: Math.round(width * 5), height: Math.round(width * 6) };
  const side = hand === 'left' ? 1 : -1;
  const lean = 0.3 * (random() - 0.5);
  const [widths, reaches] = [[1, 1.02, 0.95, 0.82], [3.3, 3.75, 3.45, 2.6]];
  let down = width * 0.9;
  const fingers = prints.map((print, index) => {
    const own = width * widths[index]!;
    const [across, along] = [down + own / 2, reaches[index]! * width];
    down += own * 0.99;
    // Before the hand leans: fingers point along x, the index on top.
    const x = along * Math.cos(lean) - (across - size.height / 2) * Math.sin(lean);
    const y = size.height / 2 + along * Math.sin(lean) + (across - size.height / 2) * Math.cos(lean);
    const turn = Math.PI / 2 + lean;
    return { print, place: place(side === 1 ? { x, y, width: own, turn } : { x: size.width - 1 - x, y, width: own, turn: -turn }) };
  });
  return { fingers, size, width };
}
