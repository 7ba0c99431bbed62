import type { ThresholdInUse, Verification } from '../../contract/requests/matching.ts';
import { rateWithInterval, scoreWords } from './numbers.ts';

/** "threshold 0.43 (FMR 1e-3, 95 %: 0.6e-3 to 1.6e-3)": a threshold never stands without its error. */
export function thresholdWords({ threshold, fmr }: Pick<ThresholdInUse, 'threshold' | 'fmr'>): string {
  return `threshold ${scoreWords(threshold)} (FMR ${rateWithInterval(fmr)})`;
}

type Decision = Pick<Verification, 'score' | 'isMatch' | 'threshold' | 'model'>;

/** The decision as it is always worded: outcome, score, threshold with its FMR, model. */
export function decisionWords({ score, isMatch, threshold, model }: Decision): string {
  if (threshold === null || isMatch === null) return `No decision: no threshold has been chosen. Score ${scoreWords(score)}, model ${model.name}.`;
  return `${outcomeWords(isMatch)}. Score ${scoreWords(score)}, ${thresholdWords(threshold)}, model ${model.name}.`;
}

export function outcomeWords(isMatch: boolean | null): string {
  if (isMatch === null) return 'No decision';
  return isMatch ? 'Match' : 'Non-match';
}
