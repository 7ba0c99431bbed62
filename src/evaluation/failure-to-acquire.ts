import type { ScoreSet, Scores } from './score-set.ts';
import { EvaluationError } from './score-set.ts';

/** How often the step before a comparison fails. All rates in [0, 1]. */
export interface FailureRates {
  /** FTA: the share of attempts that give no probe good enough to compare (capture and feature extraction together). */
  readonly fta: number;
  /** FTE: the share of capture subjects that cannot be enrolled. */
  readonly fte: number;
}

/** Attempts that failed, out of all attempts. */
export interface FailureCounts {
  readonly attempts: number;
  readonly failedAttempts: number;
  readonly enrolments: number;
  readonly failedEnrolments: number;
}

/** Error rates of transactions of one attempt (ISO/IEC 19795-1), beside those of comparisons (FMR, FNMR). */
export interface TransactionRates {
  /** False accept rate: FMR (1 - FTA). */
  readonly far: number;
  /** False reject rate: FTA + FNMR (1 - FTA). */
  readonly frr: number;
  /** Generalised false accept rate: FMR (1 - FTA) (1 - FTE). */
  readonly gfar: number;
  /** Generalised false reject rate: FTE + (1 - FTE) FTA + (1 - FTE) (1 - FTA) FNMR. */
  readonly gfrr: number;
}

/** @throws EvaluationError argument-out-of-range unless failures are whole numbers from 0 to their trials, which are >= 1. */
export function failureRates(counts: FailureCounts): FailureRates {
  return {
    fta: share(counts.failedAttempts, counts.attempts, 'attempts'),
    fte: share(counts.failedEnrolments, counts.enrolments, 'enrolments'),
  };
}

/**
 * Error rates with the failures counted as what the person meets: a rejection. FMR and FNMR must come from the
 * comparisons that took place; if failures are already among the scores as -Infinity (`scoresWithFailures`), they are
 * counted there and must not be folded in twice.
 *
 * @throws EvaluationError argument-out-of-range unless every rate lies in [0, 1].
 */
export function transactionRates(
  comparisons: { readonly fmr: number; readonly fnmr: number },
  failures: FailureRates,
): TransactionRates {
  const { fmr, fnmr } = comparisons;
  const { fta, fte } = failures;
  for (const [name, rate] of Object.entries({ fmr, fnmr, fta, fte })) {
    if (!(rate >= 0 && rate <= 1)) {
      throw new EvaluationError('argument-out-of-range', `The rate ${name} lies in [0, 1]; ${rate} does not.`);
    }
  }
  const far = fmr * (1 - fta);
  const frr = fta + fnmr * (1 - fta);
  return { far, frr, gfar: far * (1 - fte), gfrr: fte + frr * (1 - fte) };
}

/**
 * The scores with each comparison that could not take place as -Infinity, the worst score (field practice of NIST and of
 * FVC's EER without the star). Every figure read from them counts the failures: its FMR and FNMR are then GFAR and GFRR.
 *
 * @throws EvaluationError argument-out-of-range unless both numbers of failures are whole and >= 0.
 */
export function scoresWithFailures(
  scores: ScoreSet,
  failures: { readonly mated: number; readonly nonMated: number },
): ScoreSet {
  return {
    mated: withWorst(scores.mated, failures.mated),
    nonMated: withWorst(scores.nonMated, failures.nonMated),
  };
}

function withWorst(scores: Scores, failures: number): Float64Array {
  checkCount(failures);
  const result = new Float64Array(scores.length + failures).fill(-Infinity, scores.length);
  result.set(scores);
  return result;
}

function share(failed: number, trials: number, name: string): number {
  checkCount(failed);
  checkCount(trials);
  if (trials < 1 || failed > trials) {
    throw new EvaluationError('argument-out-of-range', `${failed} of ${trials} ${name} cannot have failed.`);
  }
  return failed / trials;
}

function checkCount(count: number): void {
  if (!(Number.isSafeInteger(count) && count >= 0)) {
    throw new EvaluationError('argument-out-of-range', `A count is a whole number from 0, not ${count}.`);
  }
}
