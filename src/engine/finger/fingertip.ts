import type { Point, Similarity } from '../face/geometry.ts';
import { blur, cropGrey } from './grey-image.ts';
import type { GreyImage } from './grey-image.ts';

/** The distal crease is this many widths of the finger below its tip, give or take. */
const CREASE_AT = 1.45;
const CREASE_SPREAD = 0.35;
const SEARCHED = [1.2, 2] as const;
/** A crease is darker than its surroundings by this many grey levels, over the finger's width. */
const CREASE_DEPTH = 1.5;

/** The line along a finger's middle, from its tip for two widths: top, its lean (columns per row) and the finger's width. */
export function middleLine({ width, height, data }: GreyImage): { tip: Point; lean: number; width: number } {
  const rows: { y: number; x: number; width: number }[] = [];
  for (let row = 0; row < height; row++) {
    const [first, last] = [data.indexOf(1, row * width), data.lastIndexOf(1, (row + 1) * width - 1)];
    if (first < 0 || first >= (row + 1) * width) continue;
    rows.push({ y: row, x: (first + last) / 2 - row * width, width: last - first + 1 });
  }
  const top = rows[0]!.y;
  let wide = 0;
  for (const row of rows) if (row.y - top <= Math.max(20, 1.2 * wide)) wide = Math.max(wide, row.width);
  const body = rows.filter(({ y }) => y - top >= 0.3 * wide && y - top <= 1.8 * wide);
  const used = body.length >= 2 ? body : rows;
  const [meanX, meanY] = [mean(used.map(({ x }) => x)), mean(used.map(({ y }) => y))];
  const spread = used.reduce((sum, { y }) => sum + (y - meanY) ** 2, 0);
  const lean = spread === 0 ? 0 : used.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0) / spread;
  return { tip: { x: meanX + lean * (top - meanY), y: top }, lean, width: median(used.map((row) => row.width)) };
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const median = (values: readonly number[]): number => values.toSorted((one, other) => one - other)[values.length >> 1]!;

/**
 * How far below the tip the distal crease is, in rows, or null: the row that is darkest against its surroundings over the middle of
 * the finger, near where creases are.
 *
 * @param finger upright, its tip at the top, its sides at the picture's.
 */
export function findCrease(finger: GreyImage, mask: GreyImage): number | null {
  const { width } = finger;
  const [fine, coarse] = [blur(finger, 0.03 * width), blur(finger, 0.12 * width)];
  let [best, found] = [0, null as number | null];
  for (let row = Math.round(SEARCHED[0] * width); row < Math.min(finger.height, SEARCHED[1] * width); row++) {
    const middleOfRow = { left: Math.round(0.2 * width), top: row, width: Math.round(0.6 * width), height: 1 };
    const covered = mean([...cropGrey(mask, middleOfRow).data]);
    const depth = mean([...cropGrey(coarse, middleOfRow).data]) - mean([...cropGrey(fine, middleOfRow).data]);
    const score = depth * Math.exp(-((row / width - CREASE_AT) ** 2) / (2 * CREASE_SPREAD ** 2));
    if (covered < 0.9 || depth < CREASE_DEPTH || score <= best) continue;
    [best, found] = [score, row];
  }
  return found;
}

/** From an upright frame to one whose upper edge is at the finger's tip, turned by its lean, `scale` times as large. */
export function toFinger({ tip, lean, width }: ReturnType<typeof middleLine>, scale: number): Similarity {
  const length = Math.hypot(1, lean);
  const [a, b] = [scale / length, (scale * lean) / length];
  return { a, b, tx: (scale * width) / 2 - a * tip.x + b * tip.y, ty: -b * tip.x - a * tip.y };
}
