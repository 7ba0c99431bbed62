import type { Curve } from './curve.ts';
import type { Scores, ScoreSet } from './score-set.ts';

const SCORES_PER_CHUNK = 10_000;

/**
 * A ROC or DET curve as CSV: a header, then one operating point a line in ascending threshold. Rates and thresholds are
 * written with the fewest digits that read back to the same float64. Lines end in "\n".
 */
export function curveFile(curve: Curve): string {
  const lines = Array.from(
    curve.thresholds,
    (threshold, at) => `${threshold},${curve.fmr[at]!},${curve.fnmr[at]!},${curve.tmr[at]!}\n`,
  );
  return `threshold,fmr,fnmr,tmr\n${lines.join('')}`;
}

/**
 * Raw scores as CSV with the columns kind (mated or non-mated) and score, in chunks to write one after the other: ten
 * million scores would not fit a string. A failure to acquire is written as -Infinity.
 */
export function* scoreFile(scores: ScoreSet): Generator<string, void> {
  yield 'kind,score\n';
  yield* scoreLines(scores.mated, 'mated');
  yield* scoreLines(scores.nonMated, 'non-mated');
}

function* scoreLines(scores: Scores, kind: string): Generator<string, void> {
  for (let first = 0; first < scores.length; first += SCORES_PER_CHUNK) {
    const chunk = scores.subarray(first, first + SCORES_PER_CHUNK);
    yield Array.from(chunk, (score) => `${kind},${score}\n`).join('');
  }
}
