import type { Similarity } from '../face/geometry.ts';
import { COMMON_PERIOD } from './enhance.ts';
import type { Fingertip } from './find-fingers.ts';
import { blur, mapPixels, warpGrey } from './grey-image.ts';
import type { GreyImage } from './grey-image.ts';
import { ridgeFlow } from './ridge-flow.ts';

/** Where a print's ridges turn, in its pixels, and which way up it stands there: radians, clockwise from upright. */
export interface Core {
  x: number;
  y: number;
  angle: number;
  /** How much turns here: 0 (nothing) to 1.5 (a turn as in the model, at both sizes). */
  strength: number;
  /** How clear the ridges about it are: 0 (nothing is seen) to 1 (all of them, each running one way). */
  clarity: number;
}

/** Pixels of the print from place to place where a core is looked for. */
const STEP = 4;
/** Sigmas of the turn's two sizes, in pixels: three ridges, and half of that with half the weight. */
const SIZES = [{ sigma: 3 * COMMON_PERIOD, weight: 1 }, { sigma: 1.5 * COMMON_PERIOD, weight: 0.5 }] as const;
const REACH = 2.5;
/** Where cores are: on a fingertip in widths, from its tip and beside its middle; on a print in square roots of its area, about its centre. */
const EXPECTED = { contactless: { down: 0.62, spreadX: 0.25, spreadY: 0.3 }, contact: { down: -0.05, spreadX: 0.3, spreadY: 0.3 } } as const;

/**
 * The core: where the doubled angle of the ridges turns once around a point, as above a loop or a whorl, and in an arch most nearly. The
 * filter is the first-order symmetry (x + iy) exp(-r^2 / 2 sigma^2) of Nilsson and Bigun (Pattern Recognition Letters 24, 2003); the phase of
 * its answer is how far the print is turned. Every print gets a core, the likeliest.
 */
export function findCore({ print, mask, kind }: Pick<Fingertip, 'print' | 'mask' | 'kind'>): Core {
  const shown = kind === 'contactless' ? mirrored(mask) : mask;
  const flow = flowVectors(print, shown);
  const expected = expectation(flow.weight, kind);
  let best = { x: print.width / 2, y: print.height / 2, angle: 0, strength: 0 };
  let highest = 0;
  for (let row = 0; row < flow.weight.height; row++) {
    for (let column = 0; column < flow.weight.width; column++) {
      const likely = expected(column, row);
      if (likely < 0.02) continue;
      const { real, imaginary } = answer(flow, column, row);
      const [strength, angle] = [Math.hypot(real, imaginary), Math.atan2(imaginary, real)];
      const score = strength * Math.max(0, Math.cos(angle)) * likely;
      if (score > highest) [highest, best] = [score, { x: column * STEP, y: row * STEP, angle, strength }];
    }
  }
  return { ...best, clarity: clarityAbout(flow, best) };
}

/** Half the breadth of what is judged about a core, and how far it reaches above and below, in pixels: 30 x 33 ridges. */
const JUDGED = { beside: 15 * COMMON_PERIOD, above: 13 * COMMON_PERIOD, below: 20 * COMMON_PERIOD } as const;

/** The mean length of the flow's vectors there; what lies outside the print counts as nothing. */
function clarityAbout({ real, imaginary }: FlowVectors, { x, y }: { x: number; y: number }): number {
  const [left, right, top, bottom] = [x - JUDGED.beside, x + JUDGED.beside, y - JUDGED.above, y + JUDGED.below].map((value) => Math.round(value / STEP)) as [number, number, number, number];
  let sum = 0;
  for (let row = Math.max(0, top); row < Math.min(real.height, bottom); row++) {
    for (let column = Math.max(0, left); column < Math.min(real.width, right); column++) sum += Math.hypot(real.data[row * real.width + column]!, imaginary.data[row * real.width + column]!);
  }
  return sum / ((right - left) * (bottom - top));
}

/** Pixels of the window about a core: 40 x 42 ridges, of which 16 lie above the core. */
export const CORE_WINDOW = { width: 40 * COMMON_PERIOD, height: 42 * COMMON_PERIOD, above: 16 * COMMON_PERIOD } as const;
/** Neither ridge nor valley. */
const NOTHING = 127.5;

/** The print in the window about its core, turned upright there; what is not seen is grey. This is what networks are shown. */
export function aboutCore(tip: Pick<Fingertip, 'print' | 'mask' | 'kind'>, { x, y, angle }: Pick<Core, 'x' | 'y' | 'angle'>): GreyImage {
  const shown = tip.kind === 'contactless' ? mirrored(tip.mask) : tip.mask;
  const print = mapPixels(tip.print, (value, at) => (shown.data[at]! < 0.5 ? NOTHING : value));
  const [a, b] = [Math.cos(angle), -Math.sin(angle)];
  const centre = { x: CORE_WINDOW.width / 2, y: CORE_WINDOW.above };
  const transform: Similarity = { a, b, tx: centre.x - a * x + b * y, ty: centre.y - b * x - a * y };
  return warpGrey(print, transform, { width: CORE_WINDOW.width, height: CORE_WINDOW.height, outside: NOTHING });
}

const mirrored = (image: GreyImage): GreyImage => mapPixels(image, (_, at) => image.data[at - (at % image.width) + image.width - 1 - (at % image.width)]!);

/** The doubled angle of the ridges as a vector as long as they are clear and seen, and how much is seen, at every place. */
interface FlowVectors {
  real: GreyImage;
  imaginary: GreyImage;
  weight: GreyImage;
}

function flowVectors(print: GreyImage, mask: GreyImage): FlowVectors {
  const { angle, coherence } = ridgeFlow(mapPixels(print, (value, at) => (mask.data[at]! < 0.5 ? NOTHING : value)), COMMON_PERIOD);
  const seen = blur(mask, COMMON_PERIOD);
  const [width, height] = [Math.ceil(print.width / STEP), Math.ceil(print.height / STEP)];
  const places = (value: (at: number) => number): GreyImage => ({
    width, height, data: Float32Array.from({ length: width * height }, (_, index) => value(Math.floor(index / width) * STEP * print.width + (index % width) * STEP)),
  });
  const length = (at: number): number => coherence.data[at]! * seen.data[at]!;
  return {
    real: places((at) => length(at) * Math.cos(2 * angle.data[at]!)),
    imaginary: places((at) => length(at) * Math.sin(2 * angle.data[at]!)),
    weight: places((at) => seen.data[at]!),
  };
}

const kernel = symmetryKernel();

/** Both sizes in one, for a turn whose ridges are level above it: its answer is real and positive where the print stands upright. */
function symmetryKernel(): { reach: number; real: Float64Array; imaginary: Float64Array } {
  const reach = Math.ceil((REACH * SIZES[0].sigma) / STEP);
  const side = 2 * reach + 1;
  const [real, imaginary] = [new Float64Array(side * side), new Float64Array(side * side)];
  for (const { sigma, weight } of SIZES) {
    const size = sigma / STEP;
    const parts = Array.from({ length: side * side }, (_, index) => {
      const [x, y] = [(index % side) - reach, Math.floor(index / side) - reach];
      return { x, y, height: Math.exp(-(x * x + y * y) / (2 * size * size)) };
    });
    const total = parts.reduce((sum, { x, y, height }) => sum + Math.hypot(x, y) * height, 0);
    // The conjugate of (x + iy), turned back by the quarter that the vector above a core is ahead of its bearing.
    for (const [index, { x, y, height }] of parts.entries()) {
      real[index]! -= (weight * y * height) / total;
      imaginary[index]! -= (weight * x * height) / total;
    }
  }
  return { reach, real, imaginary };
}

function answer({ real, imaginary }: FlowVectors, column: number, row: number): { real: number; imaginary: number } {
  const { reach } = kernel;
  const side = 2 * reach + 1;
  const { width, height } = real;
  let [sumReal, sumImaginary] = [0, 0];
  for (let y = Math.max(-reach, -row); y <= Math.min(reach, height - 1 - row); y++) {
    for (let x = Math.max(-reach, -column); x <= Math.min(reach, width - 1 - column); x++) {
      const [at, tap] = [(row + y) * width + column + x, (y + reach) * side + x + reach];
      sumReal += real.data[at]! * kernel.real[tap]! - imaginary.data[at]! * kernel.imaginary[tap]!;
      sumImaginary += real.data[at]! * kernel.imaginary[tap]! + imaginary.data[at]! * kernel.real[tap]!;
    }
  }
  return { real: sumReal, imaginary: sumImaginary };
}

/** How likely a core is at a place before any ridge is looked at. */
function expectation({ width, height, data }: GreyImage, kind: Fingertip['kind']): (column: number, row: number) => number {
  let [area, sumX, sumY] = [0, 0, 0];
  for (const [at, weight] of data.entries()) {
    area += weight;
    sumX += weight * (at % width);
    sumY += weight * Math.floor(at / width);
  }
  const { down, spreadX, spreadY } = EXPECTED[kind];
  const unit = kind === 'contactless' ? width : Math.sqrt(area);
  const centre = kind === 'contactless' ? { x: width / 2, y: down * width } : { x: sumX / Math.max(1, area), y: sumY / Math.max(1, area) + down * unit };
  return (column, row) => Math.exp(-(((column - centre.x) / (spreadX * unit)) ** 2 + ((row - centre.y) / (spreadY * unit)) ** 2) / 2) * Number(height > 0);
}
