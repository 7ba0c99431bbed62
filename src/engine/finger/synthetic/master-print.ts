import type { Random } from '../../../evaluation/random.ts';
import type { Point } from '../../face/geometry.ts';
import { COMMON_PERIOD, gaborEnhance } from '../enhance.ts';
import { blank, mapPixels } from '../grey-image.ts';
import type { GreyImage } from '../grey-image.ts';

/** The ridges of a finger that does not exist. */
export interface MasterPrint {
  pattern: Pattern;
  /** -1 (valley) to 1 (ridge), from the tip down; a ridge each period. */
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
 *
 * @param period pixels from ridge to ridge: a small one is drawn in a fraction of the time.
 */
export function masterPrint(random: Random, period: number = COMMON_PERIOD): MasterPrint {
  const pattern = drawPattern(random());
  const size = { width: Math.round(ACROSS * period), height: Math.round(ALONG * period) };
  const [field, bend] = [orientationField(singularPoints(pattern, random)), personalBend(random)];
  const angle = mapPixels(blank(size.width, size.height), (_, at) => {
    const point = { x: (at % size.width) / size.width - 0.5, y: Math.floor(at / size.width) / size.width };
    return field(point) + bend(point) + fallAside(point);
  });
  const everywhere = mapPixels(angle, () => 1);
  let ridges = mapPixels(angle, () => 2 * random() - 1);
  for (let round = 0; round < ROUNDS; round++) ridges = mapPixels(gaborEnhance(ridges, { angle, period }, everywhere), (value) => Math.tanh(4 * value));
  return { pattern, ridges, angle };
}

/** Each pattern's share among people's fingers, about (SFinGe's Table 1 after Wilson et al., NIST 1993). */
const SHARES = [0.07, 0.34, 0.31, 0.28] as const;

function drawPattern(share: number): Pattern {
  let left = share;
  return patterns.find((_, index) => (left -= SHARES[index]!) < 0) ?? 'whorl';
}

/**
 * Ridges fall off towards a finger's sides, which the zero-pole model knows nothing of: its flow is level far from cores and deltas. By
 * about 20 degrees, as prints of FVC2000 and FVC2002 do in the mean.
 */
const FALL = 0.38;
const fallAside = ({ x }: Point): number => FALL * Math.tanh(x / 0.15);

const WAVES = 4;
/** Radians, and waves in a finger's width: flows of one pattern differ between people by so much. */
const BEND = 0.12;
const BENDS_ACROSS = 0.9;

/** What makes one finger's flow differ from another's of the same pattern: a few slow waves of angle. */
function personalBend(random: Random): (point: Point) => number {
  const waves = Array.from({ length: WAVES }, () => {
    const [bearing, phase, length] = [2 * Math.PI * random(), 2 * Math.PI * random(), 2 * Math.PI * BENDS_ACROSS * (0.5 + random())];
    return ({ x, y }: Point): number => BEND * Math.sin(length * (x * Math.cos(bearing) + y * Math.sin(bearing)) + phase);
  });
  return (point) => waves.reduce((sum, wave) => sum + wave(point), 0);
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
  const near = (x: number, y: number): Point => ({ x: x + 0.2 * (random() - 0.5), y: y + 0.2 * (random() - 0.5) });
  if (pattern === 'arch') return { cores: [], deltas: [] };
  if (pattern === 'left loop') return { cores: [near(0, 0.65)], deltas: [near(0.3, 1.05)] };
  if (pattern === 'right loop') return { cores: [near(0, 0.65)], deltas: [near(-0.3, 1.05)] };
  const [upper, distance] = [near(0, 0.55), 0.1 + 0.15 * random()];
  return { cores: [upper, { x: upper.x, y: upper.y + distance }], deltas: [near(-0.35, 1.1), near(0.35, 1.1)] };
}
