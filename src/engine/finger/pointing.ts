import type { Point } from '../face/geometry.ts';
import { middle } from '../face/geometry.ts';
import type { Similarity } from '../face/geometry.ts';
import { blur, warpGrey } from './grey-image.ts';
import type { GreyImage } from './grey-image.ts';

/** Radians; an outline further from the fingers' direction than this is of their tips, not of their sides. */
const SIDE_WITHIN = Math.PI / 5;
/** The part of the picture's length that is its end. */
const END = 0.2;
const SMOOTHING = 2;
/** The sum of squared slopes across an outline's pixel after smoothing. */
const EDGE_STEEPNESS = 2 / (Math.sqrt(Math.PI) * SMOOTHING);

/** Which way the fingers point, as a unit vector: from where they enter the picture, along their sides. Null when there is no skin. */
export function pointing(mask: GreyImage): Point | null {
  const skin = pixelsOf(mask);
  if (skin.length === 0) return null;
  const { left, right, top, bottom } = coveredBorders(mask);
  const rough = left + right + top + bottom === 0 ? { angle: longAxis(skin), cut: 0 } : entry(mask, { left, right, top, bottom });
  const angle = alongSides(mask, { ...rough, angle: alongSides(mask, rough) });
  return { x: Math.cos(angle), y: Math.sin(angle) };
}

type Borders = Record<'left' | 'right' | 'top' | 'bottom', number>;

/**
 * Fingers have more outline along them than across, where the picture's borders cut a finger on both sides too; and there is more skin
 * at the end where they enter than at their tips.
 */
function entry(mask: GreyImage, { left, right, top, bottom }: Borders): { angle: number; cut: number } {
  const along = outlineAlongRows(mask) + EDGE_STEEPNESS * (Math.min(top, bottom) - Math.min(left, right));
  const { across, down } = taper(mask);
  if (along > 0) return { angle: across > 0 ? 0 : Math.PI, cut: top + bottom };
  return { angle: down > 0 ? Math.PI / 2 : -Math.PI / 2, cut: left + right };
}

/** How much more of the outline runs along the rows than along the columns, as a sum of squared slopes. */
function outlineAlongRows(mask: GreyImage): number {
  const { width, height, data } = blur(mask, SMOOTHING);
  let sum = 0;
  for (let row = 1; row < height - 1; row++) {
    for (let at = row * width + 1; at < (row + 1) * width - 1; at++) {
      const [x, y] = [data[at + 1]! - data[at - 1]!, data[at + width]! - data[at - width]!];
      sum += y * y - x * x;
    }
  }
  return sum;
}

/** How much more skin there is at the left end than at the right, and at the top than at the bottom. */
function taper({ width, height, data }: GreyImage): { across: number; down: number } {
  const [reachX, reachY] = [Math.ceil(END * width), Math.ceil(END * height)];
  let [across, down] = [0, 0];
  for (const [at, value] of data.entries()) {
    const [column, row] = [at % width, Math.floor(at / width)];
    across += value * (Number(column < reachX) - Number(column >= width - reachX));
    down += value * (Number(row < reachY) - Number(row >= height - reachY));
  }
  return { across, down };
}

/** Pixels of skin on each side of the picture. */
function coveredBorders({ width, height, data }: GreyImage): Borders {
  const count = (length: number, at: (step: number) => number): number => Array.from({ length }, (_, step) => data[at(step)]!).reduce((sum, value) => sum + value, 0);
  return {
    left: count(height, (row) => row * width), right: count(height, (row) => (row + 1) * width - 1),
    top: count(width, (column) => column), bottom: count(width, (column) => (height - 1) * width + column),
  };
}

function pixelsOf({ width, data }: GreyImage): Point[] {
  const points: Point[] = [];
  for (const [at, value] of data.entries()) if (value > 0) points.push({ x: at % width, y: Math.floor(at / width) });
  return points;
}

/** Angle of the longest spread. A finger that enters from nowhere is taken to point upwards. */
function longAxis(points: readonly Point[]): number {
  const centre = middle(points);
  let [real, imaginary] = [0, 0];
  for (const { x, y } of points) {
    real += (x - centre.x) ** 2 - (y - centre.y) ** 2;
    imaginary += 2 * (x - centre.x) * (y - centre.y);
  }
  const angle = Math.atan2(imaginary, real) / 2;
  return Math.sin(angle) > 0 ? angle - Math.PI : angle;
}

/**
 * The mean direction of those parts of the outline that run nearly along `angle`. A side that the picture's border cuts off (`cut`
 * pixels) speaks for the angle as it is, because such pictures were cropped along the finger.
 */
function alongSides(mask: GreyImage, { angle, cut }: { angle: number; cut: number }): number {
  const { width, height, data } = blur(mask, SMOOTHING);
  let [real, imaginary] = [cut * EDGE_STEEPNESS, 0];
  for (let row = 1; row < height - 1; row++) {
    for (let column = 1; column < width - 1; column++) {
      const at = row * width + column;
      const [slopeX, slopeY] = [data[at + 1]! - data[at - 1]!, data[at + width]! - data[at - width]!];
      const steepness = slopeX ** 2 + slopeY ** 2;
      const turn = halfTurn(Math.atan2(slopeX, -slopeY) - angle);
      if (steepness === 0 || Math.abs(turn) > SIDE_WITHIN) continue;
      real += steepness * Math.cos(2 * turn);
      imaginary += steepness * Math.sin(2 * turn);
    }
  }
  return angle + Math.atan2(imaginary, real) / 2;
}

/** An angle of a line, -90 to 90 degrees. */
export const halfTurn = (angle: number): number => angle - Math.PI * Math.round(angle / Math.PI);

/** Turns `direction` upwards, in a frame that holds the whole turned picture. */
export function uprightFrame({ width, height }: { width: number; height: number }, direction: Point): { transform: Similarity; width: number; height: number } {
  const [a, b] = [-direction.y, -direction.x];
  const size = { width: Math.ceil(Math.abs(a) * width + Math.abs(b) * height), height: Math.ceil(Math.abs(b) * width + Math.abs(a) * height) };
  const [x, y] = [(width - 1) / 2, (height - 1) / 2];
  return { transform: { a, b, tx: (size.width - 1) / 2 - a * x + b * y, ty: (size.height - 1) / 2 - b * x - a * y }, ...size };
}

/** The mask in that frame, zeros and ones again. */
export function turnMask(mask: GreyImage, frame: ReturnType<typeof uprightFrame>): GreyImage {
  const turned = warpGrey(mask, frame.transform, { width: frame.width, height: frame.height, outside: 0 });
  return { ...turned, data: turned.data.map((value) => (value > 0.5 ? 1 : 0)) };
}
