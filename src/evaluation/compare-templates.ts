import type { AttributedScores } from './attributed-scores.ts';
import type { Progress } from './steps.ts';
import type { TemplateSet } from './template-set.ts';
import { rowSimilarity } from './cosine-similarity.ts';
import { finish } from './steps.ts';
import { rowsBySubject } from './template-set.ts';

const TILE_ROWS = 64; // two tiles of 512 float32 columns fit a core's cache

/**
 * Every comparison of two templates by cosine similarity: each unordered pair i < j once, none with itself (the FVC
 * rule of skipping symmetric pairs). Pairs of one subject are mated. Either kind may come out empty; the figures say so.
 *
 * n templates give n (n - 1) / 2 scores of 8 bytes, with 4 (mated) or 8 (non-mated) bytes of subjects. The order is
 * that of the tiles: fixed, but not by row.
 *
 * @throws EvaluationError no-templates, shape-mismatch or template-without-direction.
 */
export function compareTemplates(templates: TemplateSet): AttributedScores {
  return finish(compareTemplatesSteps(templates));
}

/** `compareTemplates` with its progress in comparisons. */
export function* compareTemplatesSteps(templates: TemplateSet): Generator<Progress, AttributedScores> {
  const similarity = rowSimilarity(templates, templates);
  const { subjects } = templates;
  const count = subjects.length;
  const total = pairsAmong(count);
  const comparisons = comparisonColumns(matedPairs(subjects), total);
  let done = 0;
  for (let top = 0; top < count; top += TILE_ROWS) {
    const bottom = Math.min(count, top + TILE_ROWS);
    for (let left = top; left < count; left += TILE_ROWS) {
      const right = Math.min(count, left + TILE_ROWS);
      for (let i = top; i < bottom; i++) {
        const first = subjects[i]!;
        for (let j = Math.max(left, i + 1); j < right; j++) {
          comparisons.add(first, subjects[j]!, similarity(i, j));
          done++;
        }
      }
    }
    yield { done, total };
  }
  return comparisons.columns;
}

/** Columns of known length that fill up one comparison at a time. */
export function comparisonColumns(
  mated: number,
  total: number,
): { columns: AttributedScores; add: (first: number, second: number, score: number) => void } {
  const columns = {
    mated: new Float64Array(mated),
    matedSubjects: new Int32Array(mated),
    nonMated: new Float64Array(total - mated),
    nonMatedFirst: new Int32Array(total - mated),
    nonMatedSecond: new Int32Array(total - mated),
  };
  let m = 0;
  let n = 0;
  const add = (first: number, second: number, score: number): void => {
    if (first === second) {
      columns.mated[m] = score;
      columns.matedSubjects[m++] = first;
    } else {
      columns.nonMated[n] = score;
      columns.nonMatedFirst[n] = first;
      columns.nonMatedSecond[n++] = second;
    }
  };
  return { columns, add };
}

const pairsAmong = (count: number): number => (count * (count - 1)) / 2;

function matedPairs(subjects: Int32Array): number {
  let pairs = 0;
  for (const rows of rowsBySubject(subjects).values()) pairs += pairsAmong(rows.length);
  return pairs;
}
