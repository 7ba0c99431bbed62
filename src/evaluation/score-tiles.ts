import type { Progress } from './steps.ts';
import type { Scores } from './score-set.ts';
import type { TemplateSet } from './template-set.ts';
import { rowSimilarity } from './cosine-similarity.ts';

/** A rectangle of the matrix of all comparisons, row-major. Only the cells with row < column count. */
export interface ScoreTile {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
  readonly scores: Scores; // [height, width], valid until the next tile
}

/**
 * All comparisons of a template set in tiles, each unordered pair in exactly one cell with row < column. It is walked
 * more than once and must give the same scores each time. A process with a fast matrix product may bring its own.
 */
export interface ScoreTiles {
  readonly subjects: Int32Array; // [templates]
  readonly walk: () => Iterable<ScoreTile>;
}

const TILE_ROWS = 64; // two tiles of 512 float32 columns fit a core's cache

/**
 * The tiles of `compareTemplates`: cosine similarity in float64, bit for bit the scores of `cosineSimilarity`.
 *
 * @throws EvaluationError no-templates, shape-mismatch or template-without-direction.
 */
export function cosineTiles(templates: TemplateSet): ScoreTiles {
  const similarity = rowSimilarity(templates, templates);
  const count = templates.subjects.length;
  function* walk(): Generator<ScoreTile, void> {
    const scores = new Float64Array(TILE_ROWS * TILE_ROWS);
    for (let top = 0; top < count; top += TILE_ROWS) {
      const height = Math.min(TILE_ROWS, count - top);
      for (let left = top; left < count; left += TILE_ROWS) {
        const width = Math.min(TILE_ROWS, count - left);
        for (let row = 0; row < height; row++) {
          for (let column = left === top ? row + 1 : 0; column < width; column++) {
            scores[row * width + column] = similarity(top + row, left + column);
          }
        }
        yield { top, left, height, width, scores };
      }
    }
  }
  return { subjects: templates.subjects, walk };
}

/** The first column of a tile's row that counts. */
export const firstColumn = ({ top, left }: ScoreTile, row: number): number => Math.max(0, top + row + 1 - left);

/**
 * A figure out of all comparisons that looks at each of them twice, a tile at a time: first to survey, then, knowing what
 * it seeks, to look closer. Studies loop over a tile by themselves: a function called for each comparison takes ten times
 * as long.
 */
export interface TileStudy<Result> {
  readonly survey: (tile: ScoreTile) => void;
  /** Between the walks. */
  readonly plan: () => void;
  readonly look: (tile: ScoreTile) => void;
  readonly result: () => Result;
}

/** Walks twice for any number of studies at once. Yields the comparisons seen in both walks. */
export function* walkTwice({ subjects, walk }: ScoreTiles, studies: readonly TileStudy<unknown>[]): Generator<Progress, void> {
  const total = subjects.length * (subjects.length - 1);
  let done = 0;
  let shown = 0;
  for (const glance of ['survey', 'look'] as const) {
    if (glance === 'look') for (const study of studies) study.plan();
    for (const tile of walk()) {
      for (const study of studies) study[glance](tile);
      done += comparisonsOf(tile);
      if (done - shown < COMPARISONS_PER_STEP && done < total) continue;
      yield { done, total };
      shown = done;
    }
  }
}

const COMPARISONS_PER_STEP = 1_000_000;

function comparisonsOf({ top, left, height, width }: ScoreTile): number {
  return top === left ? height * width - (height * (height + 1)) / 2 : height * width;
}
