import { blank, blur, mapPixels } from './grey-image.ts';
import type { GreyImage } from './grey-image.ts';
import { solid } from './segment.ts';

const NAMES = ['index', 'middle', 'ring', 'little'] as const;
/** A tip stands out from the notch beside it by this part of the hand's width. */
const PROMINENCE = 0.025;
/** A piece narrower than this part of the widest is a finger's edge that looks in from the side. */
const NARROWEST = 0.4;

/** In the logarithm of brightness: a path between fingers would rather cross bright skin than leave the hand, and goes straight. */
const OFF_SKIN = 0.2;
const ASIDE = 0.01;
/** A cut is believed when the skin along it is darker than this, in the same measure: about a quarter of the light is missing. */
const SHADOW = -0.32;
/** The part of the hand's width at either side where no cut can be. */
const RIM = 0.06;
/** Grey levels below which brightness is noise. */
const DARKEST = 8;

export interface SplitFinger {
  mask: GreyImage;
  name: (typeof NAMES)[number] | null;
  hand: 'left' | 'right' | null;
}

/**
 * Parts fingers that stand upright and may touch. Tips are the outline's peaks; from each notch between two of them a cut runs
 * downwards along the darkest path, which is the shadow between the fingers (dynamic programming). Four fingers get their names: the
 * little one is the end that reaches less far, and a palm seen with the index on the left is a left hand's.
 *
 * @param light the picture's brightness, of the mask's size.
 */
export function splitFingers(mask: GreyImage, light: GreyImage): SplitFinger[] {
  const heights = outline(mask);
  const left = heights.findIndex((height) => height > 0);
  const skin = heights.slice(left, heights.findLastIndex((height) => height > 0) + 1);
  const notches = notchesBetweenTips(skin, PROMINENCE * skin.length).map((column) => left + column);
  const shadow = shadowOf(mask, light);
  const parts = partsBetween(notches, mask, shadow);
  if (parts.length === NAMES.length) return name(parts);
  // Where a cut is drawn to the hand's dark side, a finger is missing; a neighbour that looks in at the side is cut off just there.
  const again = partsBetween(notches, mask, withoutRim(shadow, mask, Math.round(RIM * skin.length)));
  return name(again.length === NAMES.length ? again : parts);
}

/** What lies between the believed cuts, without the narrow pieces. */
function partsBetween(notches: readonly number[], mask: GreyImage, shadow: GreyImage): GreyImage[] {
  const cuts = apart(notches.map((notch) => darkestPath(mask, shadow, notch)), (cut) => meanAlong(cut, mask, shadow));
  const parts = [...cuts, null].map((cut, index) => between(mask, cuts[index - 1] ?? null, cut));
  const widest = Math.max(...parts.map(typicalWidth));
  return parts.filter((part) => typicalWidth(part) > 0 && typicalWidth(part) >= NARROWEST * widest);
}

/** Of each column, how high above the floor its topmost skin is; 0 where there is none. */
function outline({ width, height, data }: GreyImage): number[] {
  return Array.from({ length: width }, (_, column) => {
    let row = 0;
    while (row < height && data[row * width + column] === 0) row++;
    return height - row;
  });
}

/**
 * Columns where the outline lies deepest below its convex hull, between tips that come nearer to it by `prominence` on both sides.
 * Measured from the hull, a little finger's tip is a peak even where the ring finger's side stands high beside it.
 */
export function notchesBetweenTips(heights: readonly number[], prominence: number): number[] {
  const depths = upperHull(heights).map((height, column) => height - heights[column]!);
  const notches: number[] = [];
  let [isDescending, extreme] = [true, 0];
  for (const [column, depth] of depths.entries()) {
    const ofExtreme = depths[extreme]!;
    if (isDescending ? depth <= ofExtreme : depth >= ofExtreme) extreme = column;
    else if (Math.abs(depth - ofExtreme) > prominence) {
      if (!isDescending) notches.push(extreme);
      [isDescending, extreme] = [!isDescending, column];
    }
  }
  return notches;
}

/** The least concave line that is nowhere below the values (Andrew's monotone chain). */
function upperHull(values: readonly number[]): number[] {
  const corners: number[] = [];
  const slope = (from: number, to: number): number => (values[to]! - values[from]!) / (to - from);
  for (const column of values.keys()) {
    while (corners.length >= 2 && slope(corners.at(-2)!, corners.at(-1)!) <= slope(corners.at(-1)!, column)) corners.pop();
    corners.push(column);
  }
  return corners.flatMap((from, index) => {
    const to = corners[index + 1];
    return to === undefined ? [values[from]!] : Array.from({ length: to - from }, (_, step) => values[from]! + step * slope(from, to));
  });
}

/** How bright skin is against the skin around it, as a logarithm; 0 off the skin. Shadows between fingers are far below 0. */
function shadowOf(mask: GreyImage, light: GreyImage): GreyImage {
  const sigma = Math.max(2, mask.width / 40);
  const logarithm = mapPixels(light, (value, at) => mask.data[at]! * Math.log(value + DARKEST));
  const [sum, weight] = [blur(logarithm, sigma), blur(mask, sigma)];
  return mapPixels(logarithm, (value, at) => (mask.data[at] === 0 ? 0 : value - sum.data[at]! / weight.data[at]!));
}

/** Of each row, the column of the cheapest way down from the notch, one column aside a row at most. */
function darkestPath({ width, height, data }: GreyImage, shadow: GreyImage, notch: number): number[] {
  const cost = (at: number): number => (data[at] === 0 ? OFF_SKIN : shadow.data[at]!);
  const top = data.findIndex((value, at) => value === 1 && at % width === notch);
  const start = Math.floor(top / width);
  let best = Float64Array.from({ length: width }, (_, column) => (column === notch ? 0 : Infinity));
  const from: Int32Array[] = [];
  for (let row = start; row < height; row++) {
    const came = new Int32Array(width);
    const next = new Float64Array(width).fill(Infinity);
    for (let column = 0; column < width; column++) {
      for (const side of [column, column - 1, column + 1]) {
        const total = (best[side] ?? Infinity) + (side === column ? 0 : ASIDE);
        if (total < next[column]!) [next[column], came[column]] = [total, side];
      }
      next[column] = next[column]! + cost(row * width + column);
    }
    from.push(came);
    best = next;
  }
  const path = new Array<number>(height).fill(notch);
  let column = best.indexOf(Math.min(...best));
  for (let row = height - 1; row >= start; row--) {
    path[row] = column;
    column = from[row - start]![column]!;
  }
  return path;
}

/** The shadow with the hand's two sides as bright as what is off the skin. */
function withoutRim(shadow: GreyImage, { width, height, data }: GreyImage, rim: number): GreyImage {
  const result = { ...shadow, data: shadow.data.slice() };
  for (let row = 0; row < height; row++) {
    const line = data.subarray(row * width, (row + 1) * width);
    const [first, last] = [line.indexOf(1), line.lastIndexOf(1)];
    if (first < 0) continue;
    result.data.fill(OFF_SKIN, row * width + first, row * width + Math.min(last + 1, first + rim));
    result.data.fill(OFF_SKIN, row * width + Math.max(first, last + 1 - rim), row * width + last + 1);
  }
  return result;
}

/** The believed cuts, from left to right. Of cuts that run together the darker one stays: the other crossed a finger to reach it. */
function apart(cuts: readonly number[][], darkness: (cut: readonly number[]) => number): number[][] {
  const kept: number[][] = [];
  for (const cut of cuts.filter((candidate) => darkness(candidate) < SHADOW).sort((one, other) => darkness(one) - darkness(other))) {
    if (kept.every((other) => other.every((column, row) => Math.abs(column - cut[row]!) > 1))) kept.push(cut);
  }
  return kept.sort((one, other) => one.at(-1)! - other.at(-1)!);
}

/** Mean shadow of a cut's part on the skin. */
function meanAlong(cut: readonly number[], { width, data }: GreyImage, shadow: GreyImage): number {
  const skin = cut.map((column, row) => row * width + column).filter((at) => data[at] === 1);
  return skin.reduce((sum, at) => sum + shadow.data[at]!, 0) / Math.max(1, skin.length);
}

function between(mask: GreyImage, left: number[] | null, right: number[] | null): GreyImage {
  const part = blank(mask.width, mask.height);
  for (let row = 0; row < mask.height; row++) {
    for (let column = (left?.[row] ?? -1) + 1; column < (right?.[row] ?? mask.width); column++) {
      part.data[row * mask.width + column] = mask.data[row * mask.width + column]!;
    }
  }
  return solid(part);
}

/** Median width of the rows that have skin. */
export function typicalWidth({ width, height, data }: GreyImage): number {
  const widths = Array.from({ length: height }, (_, row) => data.subarray(row * width, (row + 1) * width).reduce((sum, value) => sum + value, 0));
  const skin = widths.filter((value) => value > 0).sort((one, other) => one - other);
  return skin[skin.length >> 1] ?? 0;
}

function name(masks: readonly GreyImage[]): SplitFinger[] {
  if (masks.length !== NAMES.length) return masks.map((mask) => ({ mask, name: null, hand: null }));
  const reach = masks.map((mask) => Math.max(...outline(mask)));
  const isIndexLeft = reach[0]! >= reach.at(-1)!;
  const names = isIndexLeft ? NAMES : NAMES.toReversed();
  return masks.map((mask, position) => ({ mask, name: names[position]!, hand: isIndexLeft ? 'left' : 'right' }));
}
