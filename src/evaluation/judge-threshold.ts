import type { ScoreSet } from './score-set.ts';
import { checkScores, EvaluationError } from './score-set.ts';

/** The errors of a fixed threshold, with the counts that they are made of. */
export interface ThresholdJudgement {
  readonly threshold: number;
  readonly fmr: number;
  readonly fnmr: number;
  readonly falseMatches: number;
  readonly falseNonMatches: number;
  readonly matedCount: number;
  readonly nonMatedCount: number;
}

/**
 * FMR and FNMR of a given threshold (a match: score >= threshold) on scores it was not chosen on. One pass, no sorting.
 *
 * @throws EvaluationError argument-out-of-range when the threshold is not a number, and those of `checkScores`.
 */
export function judgeThreshold(scores: ScoreSet, threshold: number): ThresholdJudgement {
  if (Number.isNaN(threshold)) throw new EvaluationError('argument-out-of-range', 'The threshold is not a number.');
  checkScores(scores);
  let falseNonMatches = 0;
  for (let index = 0; index < scores.mated.length; index++) if (scores.mated[index]! < threshold) falseNonMatches++;
  let falseMatches = 0;
  for (let index = 0; index < scores.nonMated.length; index++) if (scores.nonMated[index]! >= threshold) falseMatches++;
  return {
    threshold,
    fmr: falseMatches / scores.nonMated.length,
    fnmr: falseNonMatches / scores.mated.length,
    falseMatches,
    falseNonMatches,
    matedCount: scores.mated.length,
    nonMatedCount: scores.nonMated.length,
  };
}
