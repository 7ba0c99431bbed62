import type { ThresholdInUse } from '../contract/requests/matching.ts';
import { rateInterval, rateWords } from '../workflows/report/report-words.ts';
import { score, scoreBesideThreshold } from './figures.ts';

export interface Decided {
  threshold: ThresholdInUse | null;
  model: { name: string };
}

/** "Match. Score 0.71, threshold 0.43 (FMR 1e-3, 95 %: 0.6e-3 to 1.6e-3), model faces-2." */
export function decisionSentence(verdict: string, value: number | null, { threshold, model }: Decided): string {
  if (threshold === null) return `${verdict}${value === null ? '' : ` Score ${score(value)},`} no threshold has been chosen, model ${model.name}.`;
  if (value === null) return `${verdict} Threshold ${score(threshold.threshold)} (${fmrOf(threshold)}), model ${model.name}.`;
  const shown = scoreBesideThreshold(value, threshold.threshold);
  return `${verdict} Score ${shown.score}, threshold ${shown.threshold} (${fmrOf(threshold)}), model ${model.name}.`;
}

export function fmrOf({ fmr }: ThresholdInUse): string {
  const interval = rateInterval(fmr);
  return `FMR ${rateWords(fmr.value)}${interval === null ? '' : `, 95 %: ${interval}`}`;
}
