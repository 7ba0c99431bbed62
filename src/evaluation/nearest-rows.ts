import type { Progress } from './steps.ts';
import { EvaluationError } from './score-set.ts';

/** Rows of numbers, [rows, dimension], row-major. */
export interface Rows {
  readonly numbers: Float32Array;
  readonly dimension: number;
}

export interface NearestRows {
  /** [rows, count], row-major, most similar first; equals in their order. */
  readonly rows: Int32Array;
  /** Their dot products: [rows, count]. */
  readonly products: Float32Array;
}

const BLOCK = 64; // two blocks of 512 float32 columns fit a core's cache

/**
 * For each row the others with the largest dot products, exactly: every unordered pair is multiplied once, a block of rows by a
 * block of rows, which takes n^2 / 2 products and memory for `count` neighbours of each. Progress in pairs.
 *
 * @throws EvaluationError argument-out-of-range for a count that is not from 1 to one less than the rows.
 */
export function* nearestRows({ numbers, dimension }: Rows, count: number): Generator<Progress, NearestRows> {
  const total = numbers.length / dimension;
  if (!Number.isInteger(count) || count < 1 || count >= total) throw new EvaluationError('argument-out-of-range', `A row of ${total} has from 1 to ${total - 1} neighbours, not ${count}.`);
  const nearest = { rows: new Int32Array(total * count).fill(-1), products: new Float32Array(total * count).fill(-Infinity) };
  const tile = new Float32Array(BLOCK * BLOCK);
  for (let top = 0; top < total; top += BLOCK) {
    const height = Math.min(BLOCK, total - top);
    for (let left = top; left < total; left += BLOCK) {
      const width = Math.min(BLOCK, total - left);
      multiply({ numbers, dimension }, { top, left, height, width }, tile);
      for (let row = 0; row < height; row++) {
        for (let column = left === top ? row + 1 : 0; column < width; column++) {
          const product = tile[row * BLOCK + column]!;
          offer(nearest, { row: top + row, other: left + column, count }, product);
          offer(nearest, { row: left + column, other: top + row, count }, product);
        }
      }
    }
    yield { done: pairsUpTo(top + height, total), total: pairsUpTo(total, total) };
  }
  return nearest;
}

/** Pairs whose first row is among so many. */
const pairsUpTo = (rows: number, total: number): number => rows * total - (rows * (rows + 1)) / 2;

interface Block { top: number; left: number; height: number; width: number }

/** Two rows by four columns at a time, so that each number that is read serves several products. What lies beyond the block's edge repeats the edge, and is not looked at. */
function multiply({ numbers, dimension }: Rows, { top, left, height, width }: Block, tile: Float32Array): void {
  const start = (first: number, step: number, size: number): number => (first + Math.min(step, size - 1)) * dimension;
  for (let row = 0; row < height; row += 2) {
    const [one, two] = [start(top, row, height), start(top, row + 1, height)];
    for (let column = 0; column < width; column += 4) {
      const [a, b, c, d] = [start(left, column, width), start(left, column + 1, width), start(left, column + 2, width), start(left, column + 3, width)];
      let [oneA, oneB, oneC, oneD, twoA, twoB, twoC, twoD] = [0, 0, 0, 0, 0, 0, 0, 0];
      for (let k = 0; k < dimension; k++) {
        const x = numbers[one + k]!;
        const y = numbers[two + k]!;
        const inA = numbers[a + k]!;
        const inB = numbers[b + k]!;
        const inC = numbers[c + k]!;
        const inD = numbers[d + k]!;
        oneA += x * inA; oneB += x * inB; oneC += x * inC; oneD += x * inD;
        twoA += y * inA; twoB += y * inB; twoC += y * inC; twoD += y * inD;
      }
      const at = row * BLOCK + column;
      tile[at] = oneA; tile[at + 1] = oneB; tile[at + 2] = oneC; tile[at + 3] = oneD;
      tile[at + BLOCK] = twoA; tile[at + BLOCK + 1] = twoB; tile[at + BLOCK + 2] = twoC; tile[at + BLOCK + 3] = twoD;
    }
  }
}

/** Puts a row among another's neighbours where it belongs, if it does. */
function offer({ rows, products }: NearestRows, { row, other, count }: { row: number; other: number; count: number }, product: number): void {
  const first = row * count;
  let at = first + count - 1;
  if (product <= products[at]!) return;
  for (; at > first && products[at - 1]! < product; at--) {
    products[at] = products[at - 1]!;
    rows[at] = rows[at - 1]!;
  }
  products[at] = product;
  rows[at] = other;
}
