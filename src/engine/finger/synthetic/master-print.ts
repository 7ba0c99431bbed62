import type { Random } from '../../../evaluation/random.ts';
import type { Point } from '../../face/geometry.ts';
import { COMMON_PERIOD, gaborEnhance } from '../enhance.ts';
import { blank, mapPixels } from '../grey-image.ts';
import type { GreyImage } from '../grey-image.ts';

/** The ridges of a finger that does not exist. */
export interface MasterPrint {
  pattern: Pattern;
  /** -1 (valley) to 1 (ridge), from the tip down; a ridge each COMMON_PERIOD pixels. */
  ridges: GreyImage;
  /** The ridges' direction in each pixel, as ridgeFlow measures it. */
  angle: GreyImage;
}

export const patterns = ['arch', 'left loop', 'right loop', 'whorl'] as const;
export type Pattern = (typeof patterns)[number];

/** In ridge periods: what a fingertip has across, and from its tip to the crease. */
const [ACROSS, ALONG] = [36, 54];
const ROUNDS = 5;

/**
 * Grows ridges out of noise by filtering it again and again with Gabor filters along an orientation field (SFinGe: Cappelli, Maio and
 * Maltoni, ICPR 2002; the filters answer to one period, and noise stands for SFinGe's seeds). Minutiae appear by themselves where
 * ridges do not fit. The same numbers give the same finger.
 */
export function masterPrint(random: Random): MasterPrint {
  const pattern = patterns[Math.floor(random() * patterns.length)]!;
  const size = { width: ACROSS * COMMON_PERIOD, height: ALONG * COMMON_PERIOD };
  const direction = orientationField(singularPoints(pattern, random));
  const angle = mapPixels(blank(size.width, size.height), (_, at) => direction({ x: (at % size.width) / size.width - 0.5, y: Math.floor(at / size.width) / size.width }));
  const everywhere = mapPixels(angle, () => 1);
  let ridges = mapPixels(angle, () => 2 * random() - 1);
  for (let round = 0; round < ROUNDS; round++) ridges = mapPixels(gaborEnhance(ridges, { angle, coherence: everywhere }, everywhere), (value) => Math.tanh(4 * value));
  return { pattern, ridges, angle };
}

export interface SingularPoints {
  cores: Point[];
  deltas: Point[];
}

/**
 * Direction of ridges around cores and deltas: half the sum of the bearings of the cores, less those of the deltas (the zero-pole model
 * of Sherlock and Monro, Pattern Recognition 26, 1993). Without either, an arch.
 */
export function orientationField({ cores, deltas }: SingularPoints): (point: Point) => number {
  const bearings = (points: readonly Point[], { x, y }: Point): number => points.reduce((sum, point) => sum + Math.atan2(y - point.y, x - point.x), 0);
  if (cores.length === 0) return ({ x, y }) => Math.atan(Math.max(0, 1.2 - Math.abs(y - 0.8)) * Math.sin(2 * Math.PI * x));
  return (point) => (bearings(cores, point) - bearings(deltas, point)) / 2;
}

/** In widths of the finger, x from its middle, y from its tip. */
function singularPoints(pattern: Pattern, random: Random): SingularPoints {
  const near = (x: number, y: number): Point => ({ x: x + 0.12 * (random() - 0.5), y: y + 0.12 * (random() - 0.5) });
  if (pattern === 'arch') return { cores: [], deltas: [] };
  if (pattern === 'left loop') return { cores: [near(0, 0.65)], deltas: [near(0.3, 1.05)] };
  if (pattern === 'right loop') return { cores: [near(0, 0.65)], deltas: [near(-0.3, 1.05)] };
  const [upper, distance] = [near(0, 0.55), 0.1 + 0.15 * random()];
  return { cores: [upper, { x: upper.x, y: upper.y + distance }], deltas: [near(-0.35, 1.1), near(0.35, 1.1)] };
}
