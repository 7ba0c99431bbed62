import type { Random } from '../../../evaluation/random.ts';
import { apply, invert } from '../../face/geometry.ts';
import type { Point, Similarity } from '../../face/geometry.ts';
import type { Photo } from '../../face/photo.ts';
import { blank, blur, mapPixels, sampleAt } from '../grey-image.ts';
import type { GreyImage } from '../grey-image.ts';
import type { MasterPrint } from './master-print.ts';

/** A finger in a scene. `place` brings it there from its own plane: tip at the origin, one wide, downwards along y. */
export interface PlacedFinger {
  print: MasterPrint;
  place: Similarity;
}

/** How a phone saw it. Light is 0 to 1. */
export interface Conditions {
  width: number;
  height: number;
  /** Skin in full light, and what is behind it: red, green, blue. */
  skin: readonly [number, number, number];
  background: readonly [number, number, number];
  /** Of the skin's light, how much a ridge has more than a valley. */
  ridgeContrast: number;
  /** Strength of the lamp's reflection on the finger. */
  glare: number;
  /** Sigma of the lens' blur and of the sensor's noise, in pixels and in grey levels. */
  defocus: number;
  noise: number;
}

/** Where the distal crease is, in widths of the finger from its tip. */
export const CREASE = 1.45;

export interface Photograph {
  photo: Photo;
  /** 0 for the background, else the finger's number from 1. */
  truth: GreyImage;
}

/**
 * Photographs fingers as a phone does: skin whose ridges are brighter than its valleys, falling light to the finger's sides, a crease, a
 * lamp's glare, then defocus and noise. A finger is flat here: its ridges do not come closer at the sides. Synthetic, never to be reported as real.
 */
export function photograph(fingers: readonly PlacedFinger[], conditions: Conditions, random: Random): Photograph {
  const { width, height, background, defocus, noise } = conditions;
  const inverses = fingers.map(({ place }) => invert(place));
  const truth = blank(width, height);
  const planes = [blank(width, height), blank(width, height), blank(width, height)];
  for (let at = 0; at < width * height; at++) {
    const { index, x, y } = nearest(inverses, { x: at % width, y: Math.floor(at / width) });
    truth.data[at] = index + 1;
    const colour = index < 0 ? background : skinAt(fingers[index]!.print, { x, y }, conditions);
    for (const [channel, plane] of planes.entries()) plane.data[at] = colour[channel]!;
  }
  const seen = planes.map((plane) => mapPixels(defocus > 0.2 ? blur(plane, defocus) : plane, (value) => 255 * value + noise * normal(random)));
  return { photo: { width, height, reduction: 1, pixels: Uint8Array.from({ length: width * height * 3 }, (_, at) => Math.round(Math.min(255, Math.max(0, seen[at % 3]!.data[Math.floor(at / 3)]!)))) }, truth };
}

/** The finger in whose plane the pixel lies deepest inside, and where there; index -1 for none. */
function nearest(inverses: readonly Similarity[], pixel: Point): Point & { index: number } {
  let found = { index: -1, x: 0, y: 0 };
  let deepest = 0;
  for (const [index, inverse] of inverses.entries()) {
    const point = apply(inverse, pixel);
    const depth = 0.5 * breadth(point.y) - Math.abs(point.x);
    if (depth > deepest) [deepest, found] = [depth, { index, ...point }];
  }
  return found;
}

/** Width of a finger so far below its tip: half an ellipse, then straight. */
export function breadth(y: number): number {
  const tip = 0.6;
  if (y <= 0) return 0;
  return y >= tip ? 1 : Math.sqrt(1 - ((tip - y) / tip) ** 2);
}

function skinAt({ ridges }: MasterPrint, { x, y }: Point, { skin, ridgeContrast, glare }: Conditions): number[] {
  const side = Math.min(1, Math.abs(x) / (0.5 * breadth(y)));
  const shade = 0.3 + 0.7 * Math.sqrt(1 - side ** 2 + 1e-9) ** 0.7;
  const ridge = y < CREASE ? sampleAt(ridges, (x + 0.5) * ridges.width, y * ridges.width) : 0;
  const crease = 0.45 * Math.exp(-(((y - CREASE) / 0.025) ** 2)) + 0.2 * Math.exp(-(((y - CREASE - 0.9) / 0.03) ** 2));
  const lamp = glare * Math.exp(-(((x + 0.1) / 0.12) ** 2) - ((y - 0.5) / 0.25) ** 2);
  const light = shade * (1 + (ridgeContrast * ridge) / 2) * (1 - crease);
  return skin.map((reflected) => reflected * light + lamp);
}

/** Standard normal (Box and Muller). */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** How a contact sensor shows the finger: dark ridges, mirrored, where the skin touches; 500 pixels an inch. @returns 0 to 255. */
export function pressOnSensor({ ridges }: MasterPrint, random: Random): GreyImage {
  const { width, height } = ridges;
  const [centre, reach] = [{ x: width * (0.5 + 0.06 * (random() - 0.5)), y: width * (0.7 + 0.1 * (random() - 0.5)) }, { x: width * (0.4 + 0.06 * random()), y: width * (0.58 + 0.1 * random()) }];
  const pressure = 0.3 * (random() - 0.5);
  return mapPixels(ridges, (_, at) => {
    const [column, row] = [at % width, Math.floor(at / width)];
    const outside = ((column - centre.x) / reach.x) ** 2 + ((row - centre.y) / reach.y) ** 2;
    const touch = 1 / (1 + Math.exp(20 * (outside - 1)));
    const ridge = sampleAt({ width, height, data: ridges.data }, width - 1 - column, row);
    return Math.min(255, Math.max(0, 255 - touch * 230 / (1 + Math.exp(-6 * (ridge + pressure))) + 8 * normal(random)));
  });
}
