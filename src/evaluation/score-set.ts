/** Comparison scores of one kind. Similarity: higher means more alike. */
export type Scores = Float64Array | Float32Array;

/**
 * The outcome of an experiment: every comparison score, by kind (ISO/IEC 2382-37).
 *
 * Scores are similarities without a unit. A failure to acquire or to enrol enters as -Infinity, the worst score, so that
 * it is never dropped; NaN and anything from the largest finite number up are refused.
 */
export interface ScoreSet {
  /** Scores of comparisons within one biometric data subject, in any order. */
  readonly mated: Scores;
  /** Scores of comparisons between two subjects, in any order. */
  readonly nonMated: Scores;
}

/** A score set whose two arrays ascend; made by `sortScores` only. */
export interface SortedScores extends ScoreSet {
  readonly order: 'ascending';
}

export type EvaluationErrorCode =
  | 'no-mated-scores'
  | 'no-non-mated-scores'
  | 'score-not-a-number'
  | 'score-out-of-range'
  | 'argument-out-of-range'
  | 'shape-mismatch'
  | 'too-few-scores'
  | 'too-few-subjects'
  | 'no-spread'
  | 'no-templates'
  | 'template-without-direction'
  | 'no-queries'
  | 'no-searches'
  | 'separable-scores'
  | 'subjects-differ'
  | 'row-unreadable';

/** A figure that was asked for does not exist for these numbers. The message says what is missing and where. */
export class EvaluationError extends Error {
  readonly code: EvaluationErrorCode;

  constructor(code: EvaluationErrorCode, message: string) {
    super(message);
    this.name = 'EvaluationError';
    this.code = code;
  }
}

/**
 * Checks a score set, once, before any figure is read from it.
 *
 * @throws EvaluationError no-mated-scores, no-non-mated-scores, score-not-a-number or score-out-of-range.
 */
export function checkScores(scores: ScoreSet): void {
  if (scores.mated.length === 0) {
    throw new EvaluationError('no-mated-scores', 'There are no mated scores, so no false non-match rate exists.');
  }
  if (scores.nonMated.length === 0) {
    throw new EvaluationError('no-non-mated-scores', 'There are no non-mated scores, so no false match rate exists.');
  }
  checkEach(scores.mated, 'mated');
  checkEach(scores.nonMated, 'non-mated');
}

/**
 * A checked, ascending copy: O(n log n) time, one copy of memory. Everything after it is one pass.
 *
 * @throws EvaluationError as `checkScores`.
 */
export function sortScores(scores: ScoreSet): SortedScores {
  checkScores(scores);
  return { order: 'ascending', mated: scores.mated.slice().sort(), nonMated: scores.nonMated.slice().sort() };
}

function checkEach(scores: Scores, kind: string): void {
  for (let index = 0; index < scores.length; index++) {
    const score = scores[index]!;
    if (Number.isNaN(score)) {
      throw new EvaluationError('score-not-a-number', `The ${kind} score at index ${index} is not a number.`);
    }
    // The operating point that rejects everything needs a finite threshold above every score.
    if (score >= Number.MAX_VALUE) {
      throw new EvaluationError('score-out-of-range', `The ${kind} score at index ${index} is ${score}: it must be finite.`);
    }
  }
}
