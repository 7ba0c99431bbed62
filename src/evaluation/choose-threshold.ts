import type { OperatingPoints } from './error-rates.ts';
import type { FnmrAtFmr } from './fnmr-at-fmr.ts';
import { fnmrAtFmr } from './fnmr-at-fmr.ts';
import { inGroups, rateWords } from './number-words.ts';

/** A threshold with its development figures, or why these scores cannot give one. */
export type ThresholdChoice =
  | { readonly kind: 'chosen'; readonly confidence: 'supported' | 'weak'; readonly development: FnmrAtFmr }
  | {
      readonly kind: 'refused';
      /** The sentence for the user: what is missing and what to do. */
      readonly reason: string;
      readonly target: number;
      readonly nonMatedCount: number;
      /** Non-mated comparisons that would support the target at all (1 / target); Infinity for a target of 0. */
      readonly nonMatedNeeded: number;
    };

/**
 * Chooses a threshold on development scores: the smallest whose FMR there is <= target. Judge it on other scores with
 * `judgeThreshold`: the FMR there is not guaranteed to stay below the target.
 *
 * Refuses a target below 1/N of the non-mated comparisons, since not one error would be expected. Between 1/N and 30/N
 * it chooses, and says that the support is weak.
 *
 * @throws EvaluationError argument-out-of-range unless the target lies in [0, 1].
 */
export function chooseThreshold(development: OperatingPoints, target: number): ThresholdChoice {
  const figures = fnmrAtFmr(development, target);
  if (figures.support !== 'unsupported') return { kind: 'chosen', confidence: figures.support, development: figures };
  const nonMatedCount = development.nonMatedCount;
  const nonMatedNeeded = target === 0 ? Infinity : Math.ceil(1 / target);
  const reason =
    target === 0
      ? 'No number of comparisons can show a false match rate of 0. Choose a target above 0.'
      : `A false match rate of ${rateWords(target)} needs at least ${inGroups(nonMatedNeeded)} non-mated comparisons; there are ` +
        `${inGroups(nonMatedCount)}. Choose a higher target or add subjects.`;
  return { kind: 'refused', reason, target, nonMatedCount, nonMatedNeeded };
}
