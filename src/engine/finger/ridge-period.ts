import { sampleAt } from './grey-image.ts';
import type { GreyImage } from './grey-image.ts';
import { ridgeFlow } from './ridge-flow.ts';

/** Periods that are looked for, in parts of the finger's width: 12 to 70 ridges side by side. */
const [SHORTEST, LONGEST] = [1 / 70, 1 / 12];
/** A place whose signature repeats itself less than this says nothing. */
const LEAST_REPEAT = 0.3;
const LEAST_PLACES = 8;
const [ROWS, COLUMNS] = [20, 14];

/**
 * The distance from ridge to ridge in pixels, or null where too few places show ridges: the median over places of the first peak of the
 * autocorrelation of the x-signature, which is the light across the ridges, averaged along them (the signature of Hong, Wan and Jain,
 * IEEE PAMI 20, 1998, section 2.5).
 */
export function ridgePeriod(finger: GreyImage, mask: GreyImage): number | null {
  const { width, height } = finger;
  const flow = ridgeFlow(finger, width / 25);
  const reach = Math.ceil(2.5 * LONGEST * width);
  const periods: number[] = [];
  for (let place = 0; place < ROWS * COLUMNS; place++) {
    const centre = { x: ((place % COLUMNS) + 0.5) * (width / COLUMNS), y: (Math.floor(place / COLUMNS) + 0.5) * (height / ROWS) };
    const at = Math.floor(centre.y) * width + Math.floor(centre.x);
    if (mask.data[at]! < 0.5 || flow.coherence.data[at]! < 0.4) continue;
    const period = firstRepeat(signature(finger, { ...centre, angle: flow.angle.data[at]!, reach }), { shortest: Math.max(3, SHORTEST * width), longest: LONGEST * width });
    if (period !== null) periods.push(period);
  }
  if (periods.length < LEAST_PLACES) return null;
  return periods.sort((one, other) => one - other)[periods.length >> 1]!;
}

/** Light at each pixel across the ridges, `reach` to either side, averaged along them over a third of that. */
function signature(image: GreyImage, { x, y, angle, reach }: { x: number; y: number; angle: number; reach: number }): Float64Array {
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  const half = Math.max(2, Math.round(reach / 6));
  return Float64Array.from({ length: 2 * reach + 1 }, (_, index) => {
    const across = index - reach;
    let sum = 0;
    for (let along = -half; along <= half; along++) sum += sampleAt(image, x + along * cosine - across * sine, y + along * sine + across * cosine);
    return sum / (2 * half + 1);
  });
}

/** The first shift at which a signature is like itself again, to parts of a pixel (a parabola through three shifts). */
export function firstRepeat(values: Float64Array, { shortest, longest }: { shortest: number; longest: number }): number | null {
  const likeness = autocorrelation(levelled(values, Math.round(longest)), Math.ceil(longest) + 2);
  for (let shift = Math.floor(shortest); shift <= longest; shift++) {
    const [before, here, after] = [likeness[shift - 1]!, likeness[shift]!, likeness[shift + 1]!];
    if (here < LEAST_REPEAT || here < before || here < after) continue;
    return shift + (before - after) / (2 * (before - 2 * here + after) || 1);
  }
  return null;
}

/** Without its running mean, so that shading does not count. */
function levelled(values: Float64Array, span: number): Float64Array {
  return values.map((value, index) => {
    const [from, to] = [Math.max(0, index - span), Math.min(values.length, index + span + 1)];
    return value - values.subarray(from, to).reduce((sum, other) => sum + other, 0) / (to - from);
  });
}

function autocorrelation(values: Float64Array, shifts: number): Float64Array {
  const product = (shift: number): number => {
    const [early, late] = [values.subarray(0, values.length - shift), values.subarray(shift)];
    const dot = (one: Float64Array, other: Float64Array): number => one.reduce((sum, value, index) => sum + value * other[index]!, 0);
    return dot(early, late) / (Math.sqrt(dot(early, early) * dot(late, late)) || 1);
  };
  return Float64Array.from({ length: shifts }, (_, shift) => product(shift));
}
