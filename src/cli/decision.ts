import type { ThresholdInUse } from '../contract/requests/matching.ts';
import { score, smallRate } from './figures.ts';

/** "Match. Score 0.71, threshold 0.43 (FMR 1e-3, 95 %: 0.6e-3 to 1.6e-3), model faces-2." */
export function decisionSentence(verdict: string, value: number | null, { threshold, model }: { threshold: ThresholdInUse | null; model: { name: string } }): string {
  const scored = value === null ? '' : ` Score ${score(value)},`;
  const limit = threshold === null ? ' no threshold has been chosen' : ` threshold ${score(threshold.threshold)} (${fmrOf(threshold)})`;
  return `${verdict}${scored}${limit}, model ${model.name}.`;
}

export function fmrOf({ fmr }: ThresholdInUse): string {
  const interval = fmr.low === null || fmr.high === null ? '' : `, 95 %: ${smallRate(fmr.low)} to ${smallRate(fmr.high)}`;
  return `FMR ${smallRate(fmr.value)}${interval}`;
}
