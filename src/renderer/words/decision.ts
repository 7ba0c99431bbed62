import type { ThresholdInUse, Verification } from '../../contract/requests/matching.ts';
import type { GalleryTransform } from '../../contract/requests/cancelable.ts';
import { transformWords } from '../../contract/transform-words.ts';
import { rateWithInterval, scoreWords } from './numbers.ts';

/** "threshold 0.43 (FMR 1e-3, 95 %: 0.6e-3 to 1.6e-3)": a threshold never stands without its error. */
export function thresholdWords({ threshold, fmr }: Pick<ThresholdInUse, 'threshold' | 'fmr'>): string {
  return `threshold ${scoreWords(threshold)} (FMR ${rateWithInterval(fmr)})`;
}

type Decision = Pick<Verification, 'score' | 'isMatch' | 'threshold' | 'model' | 'transform'>;

/** "No threshold has been chosen for templates under BioHashing": a hash needs one of its own. */
export function noThresholdWords(transform: GalleryTransform): string {
  const isHash = transform === 'bio-hash' || transform === 'mlp-hash';
  return `no threshold has been chosen${isHash ? ` for templates under ${transformWords[transform]}` : ''}`;
}


/** The decision as it is always worded: outcome, score, threshold with its FMR, model. */
export function decisionWords({ score, isMatch, threshold, model, transform }: Decision): string {
  if (threshold === null || isMatch === null) return `No decision: ${noThresholdWords(transform)}. Score ${scoreWords(score)}, model ${model.name}.`;
  return `${outcomeWords(isMatch)}. Score ${scoreWords(score)}, ${thresholdWords(threshold)}, model ${model.name}.`;
}

export function outcomeWords(isMatch: boolean | null): string {
  if (isMatch === null) return 'No decision';
  return isMatch ? 'Match' : 'Non-match';
}
