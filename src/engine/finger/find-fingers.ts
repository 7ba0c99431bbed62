import { apply, compose, invert } from '../face/geometry.ts';
import type { Point, Similarity } from '../face/geometry.ts';
import type { Photo } from '../face/photo.ts';
import { findCore } from './core.ts';
import type { Core } from './core.ts';
import { COMMON_PERIOD, gaborEnhance, inkOf, likePrint, localContrast } from './enhance.ts';
import { findCrease, middleLine, toFinger } from './fingertip.ts';
import { blank, blur, mapPixels, warpGrey } from './grey-image.ts';
import type { GreyImage } from './grey-image.ts';
import { pointing, turnMask, uprightFrame } from './pointing.ts';
import { ridgeFlow } from './ridge-flow.ts';
import type { RidgeFlow } from './ridge-flow.ts';
import { ridgePeriod } from './ridge-period.ts';
import { otsuThreshold, segmentSkin, solid } from './segment.ts';
import type { SkinMask } from './segment.ts';
import { splitFingers } from './split-fingers.ts';
import type { SplitFinger } from './split-fingers.ts';

/** A fingertip, upright, and all that was made of it on the way. The pictures are of one size from `scaled` on. */
export interface Fingertip extends Pick<SplitFinger, 'name' | 'hand'> {
  kind: 'contactless' | 'contact';
  /** Corners of `tip` in the photo, in pixels, from the tip's left one around it. */
  outline: Point[];
  /** Width of the finger in the photo, in pixels. */
  width: number;
  /** Distance from the tip to the distal crease in widths of the finger; null where none was found. */
  crease: number | null;
  /** Pixels of the photo from ridge to ridge; null where the ridges are not clear enough to say. */
  period: number | null;
  /** Cut at the crease, in the photo's resolution, 0 to 255. */
  tip: GreyImage;
  /** In the common ridge period. */
  scaled: GreyImage;
  mask: GreyImage;
  contrast: GreyImage;
  flow: RidgeFlow;
  /** The oriented filter's answer to the contrast, in the contrast's measure. */
  ridges: GreyImage;
  /** Ridges dark on white, as a contact print shows them. */
  print: GreyImage;
  core: Core;
}

export interface FoundFingers {
  skin: SkinMask;
  /** The hand, upright and small, with the fingers' masks in it; null for a contact print, which has no hand. */
  hand: { light: GreyImage; fingers: SplitFinger[] } | null;
  tips: Fingertip[];
}

/** Where no crease is found, the tip ends this many widths below its top. */
const USUAL_LENGTH = 1.5;
/** Ridges across a finger, where they cannot be counted: a finger of 16 mm, a ridge each 0.45 mm. */
const USUAL_RIDGES = 36;
/** A photo whose red and green differ by less, in grey levels, has no colour: it is a contact print. */
const LEAST_COLOUR = 2;

/**
 * From a photo to prints, in the order of Priesnitz et al. (Sensors 22(3):792, 2022): segment, turn, part, cut the tips, scale, enhance.
 * Green is used for the ridges, because blood makes red skin flat. No finger is an empty list.
 */
export function findFingers(photo: Photo): FoundFingers {
  const green = plane(photo, 1);
  return isContactPrint(photo) ? readContactPrint(green) : readPhoto(photo, green);
}

export function isContactPrint({ width, height, pixels }: Photo): boolean {
  let sum = 0;
  for (let at = 0; at < pixels.length; at += 3) sum += Math.abs(pixels[at]! - pixels[at + 1]!);
  return sum / (width * height) < LEAST_COLOUR;
}

function readPhoto(photo: Photo, green: GreyImage): FoundFingers {
  const { skin, hand } = partFingers(photo, green);
  return { skin, hand, tips: hand?.fingers.map((finger) => cutTip(green, hand.upright, finger)) ?? [] };
}

/** The hand, upright and small; `upright` leads there from the photo. */
export interface PartedHand extends NonNullable<FoundFingers['hand']> {
  upright: Similarity;
}

/** The first steps: where the fingers of a photo are, without a look at their ridges. */
export function partFingers(photo: Photo, green: GreyImage): { skin: SkinMask; hand: PartedHand | null } {
  const skin = segmentSkin(photo);
  const direction = pointing(skin);
  if (direction === null) return { skin, hand: null };
  const frame = uprightFrame(skin, direction);
  const small: Similarity = { a: 1 / skin.reduction, b: 0, tx: 0.5 / skin.reduction - 0.5, ty: 0.5 / skin.reduction - 0.5 };
  const upright = compose(small, frame.transform);
  const light = warpGrey(green, upright, { width: frame.width, height: frame.height, outside: 0 });
  return { skin, hand: { light, fingers: splitFingers(turnMask(skin, frame), light), upright } };
}

function cutTip(green: GreyImage, upright: Similarity, { mask, name, hand }: SplitFinger): Fingertip {
  const line = middleLine(mask);
  const reduction = 1 / Math.hypot(upright.a, upright.b);
  const crop = (scale: number, length: number): { tip: GreyImage; mask: GreyImage } => {
    const size = { width: Math.max(8, Math.round(line.width * scale)), height: Math.max(8, Math.round(line.width * scale * length)), outside: 0 };
    const transform = toFinger(line, scale);
    const inside = warpGrey(mask, transform, size);
    return { tip: warpGrey(green, compose(upright, transform), size), mask: mapPixels(inside, (value) => (value > 0.5 ? 1 : 0)) };
  };
  const long = crop(1, 2.2);
  const row = findCrease(long.tip, long.mask);
  const length = row === null ? USUAL_LENGTH : row / line.width;
  const { tip, mask: tipMask } = crop(reduction, length);
  const period = ridgePeriod(tip, tipMask);
  const scaled = crop(reduction * (COMMON_PERIOD / (period ?? tip.width / USUAL_RIDGES)), length);
  const toPhoto = invert(compose(upright, toFinger(line, reduction)));
  return { kind: 'contactless', name, hand, outline: cornersOf(tip).map((corner) => apply(toPhoto, corner)), width: line.width * reduction, crease: row === null ? null : length, period, tip, ...enhance(scaled.tip, scaled.mask, 'contactless') };
}

/** A contact print is upright and of its finger only: its ridges are segmented by their contrast, scaled and enhanced. */
function readContactPrint(grey: GreyImage): FoundFingers {
  const step = (at: number, before: number): number => Math.abs(grey.data[at]! - grey.data[Math.max(0, before)]!);
  const deviation = blur(mapPixels(grey, (_, at) => step(at, at - 1) + step(at, at - grey.width)), grey.width / 30);
  const threshold = otsuThreshold(deviation.data);
  const mask = solid(mapPixels(deviation, (value) => (value > threshold / 2 ? 1 : 0)));
  const skin = { ...mask, reduction: 1 };
  if (!mask.data.includes(1)) return { skin, hand: null, tips: [] };
  const { width } = grey;
  const period = ridgePeriod(grey, mask);
  const scale = COMMON_PERIOD / (period ?? width / USUAL_RIDGES);
  const size = { width: Math.max(8, Math.round(width * scale)), height: Math.max(8, Math.round(grey.height * scale)) };
  const transform = { a: scale, b: 0, tx: 0, ty: 0 };
  const scaledMask = mapPixels(warpGrey(mask, transform, { ...size, outside: 0 }), (value) => (value > 0.5 ? 1 : 0));
  const made = enhance(warpGrey(grey, transform, { ...size, outside: 255 }), scaledMask, 'contact');
  return { skin, hand: null, tips: [{ kind: 'contact', name: null, hand: null, outline: cornersOf(grey), width, crease: null, period, tip: grey, ...made }] };
}

const cornersOf = ({ width, height }: GreyImage): Point[] => [{ x: 0, y: 0 }, { x: width, y: 0 }, { x: width, y: height }, { x: 0, y: height }];

/** "left index", or its place where fingers have no names. */
export const labelOf = ({ hand, name }: Fingertip, index: number): string => (name === null ? `finger ${index + 1}` : `${hand} ${name}`);

function enhance(scaled: GreyImage, mask: GreyImage, kind: Fingertip['kind']): Pick<Fingertip, 'scaled' | 'mask' | 'contrast' | 'flow' | 'ridges' | 'print' | 'core'> {
  const contrast = localContrast(scaled, mask);
  const flow = ridgeFlow(contrast, COMMON_PERIOD);
  const ridges = gaborEnhance(contrast, flow, mask);
  const print = kind === 'contactless' ? likePrint(ridges, mask) : inkOf(ridges, mask);
  return { scaled, mask, contrast, flow, ridges, print, core: findCore({ print, mask, kind }) };
}

export function plane({ width, height, pixels }: Photo, channel: number): GreyImage {
  const result = blank(width, height);
  for (let at = 0; at < result.data.length; at++) result.data[at] = pixels[at * 3 + channel]!;
  return result;
}
