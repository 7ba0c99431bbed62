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

/** Visits every comparison of one walk, rows of a tile at a time, and yields how many it has seen. */
export function* visitComparisons(
  { subjects, walk }: ScoreTiles,
  visit: (score: number, isMated: boolean) => void,
): Generator<Progress, void> {
  const total = (subjects.length * (subjects.length - 1)) / 2;
  let done = 0;
  let shown = 0;
  for (const { top, left, height, width, scores } of walk()) {
    for (let row = 0; row < height; row++) {
      const own = subjects[top + row]!;
      const from = Math.max(0, top + row + 1 - left);
      for (let column = from; column < width; column++) visit(scores[row * width + column]!, subjects[left + column] === own);
      done += Math.max(0, width - from);
    }
    if (done - shown < COMPARISONS_PER_STEP) continue;
    yield { done, total };
    shown = done;
  }
}

const COMPARISONS_PER_STEP = 1_000_000;
