import type { ScoreTiles } from './score-tiles.ts';
import type { Progress } from './steps.ts';
import { firstColumn } from './score-tiles.ts';
import { EvaluationError } from './score-set.ts';

export interface NearestRows {
  /** [rows, count], row-major, most similar first; equals in their order. */
  readonly rows: Int32Array;
  /** Their scores: [rows, count]. */
  readonly products: Float32Array;
}

/**
 * For each template the others with the highest scores, exactly: every unordered pair is compared once, and memory is taken
 * for `count` neighbours of each. Progress in pairs.
 *
 * @throws EvaluationError argument-out-of-range for a count that is not from 1 to one less than the templates.
 */
export function* nearestRows({ subjects, walk }: ScoreTiles, count: number): Generator<Progress, NearestRows> {
  const total = subjects.length;
  if (!Number.isInteger(count) || count < 1 || count >= total) throw new EvaluationError('argument-out-of-range', `A row of ${total} has from 1 to ${total - 1} neighbours, not ${count}.`);
  const nearest = { rows: new Int32Array(total * count).fill(-1), products: new Float32Array(total * count).fill(-Infinity) };
  let done = 0;
  for (const tile of walk()) {
    const { top, left, height, width, scores } = tile;
    for (let row = 0; row < height; row++) {
      for (let column = firstColumn(tile, row); column < width; column++) {
        const product = Math.fround(scores[row * width + column]!); // as it is kept, so that equals stay equal
        offer(nearest, { row: top + row, other: left + column, count }, product);
        offer(nearest, { row: left + column, other: top + row, count }, product);
      }
      done += width - firstColumn(tile, row);
    }
    yield { done, total: (total * (total - 1)) / 2 };
  }
  return nearest;
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
