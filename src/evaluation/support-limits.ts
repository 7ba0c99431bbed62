import { EvaluationError } from './score-set.ts';

/** How low an error rate a number of comparisons can speak about. All rates in (0, ...), may exceed 1 for few trials. */
export interface SupportLimits {
  readonly trials: number;
  /** 1 / N: one error. No rate between this and zero can be observed. */
  readonly resolution: number;
  /** 30 / N: from 30 errors up, the true rate is within 30 % of the observed one at 90 % confidence (rule of 30). */
  readonly ruleOf30: number;
  /** 3 / N: with no error in N independent trials the rate is below this at 95 % confidence (rule of 3). */
  readonly zeroErrorBound: number;
}

/** Whether comparisons are many enough to speak about an error rate. */
export type Support = 'supported' | 'weak' | 'unsupported';

const ERRORS_FOR_RULE_OF_30 = 30; // Doddington et al., "The NIST speaker recognition evaluation", 2000
const ERRORS_FOR_RULE_OF_3 = 3; // Hanley and Lippman-Hand, JAMA 1983: -ln(0.05) = 2.9957, rounded up

/**
 * The limits of N trials. They assume independent trials; repeated use of a person widens them (see `bootstrap.ts`).
 *
 * @throws EvaluationError argument-out-of-range unless N >= 1.
 */
export function supportLimits(trials: number): SupportLimits {
  if (!(trials >= 1)) throw new EvaluationError('argument-out-of-range', `Limits need at least one trial, not ${trials}.`);
  return {
    trials,
    resolution: 1 / trials,
    ruleOf30: ERRORS_FOR_RULE_OF_30 / trials,
    zeroErrorBound: ERRORS_FOR_RULE_OF_3 / trials,
  };
}

/** unsupported: rate < 1/N (not one error expected); weak: rate < 30/N; supported otherwise. */
export function supportFor(rate: number, trials: number): Support {
  const limits = supportLimits(trials);
  if (rate < limits.resolution) return 'unsupported';
  return rate < limits.ruleOf30 ? 'weak' : 'supported';
}
