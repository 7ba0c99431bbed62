import type { RunStep } from '../../../contract/requests/runs.ts';

export interface SkippedAnchors {
  reason: string;
  /** In the newest step. */
  last: number;
  /** A step, over the steps of the newest epoch. */
  mean: number;
}

/** Anchors without a loss by reason, the most frequent first; reasons that the epoch did not have are left out. */
export function skippedAnchors(steps: readonly RunStep[]): SkippedAnchors[] {
  const newest = steps.at(-1);
  if (!newest) return [];
  const ofEpoch = steps.filter(({ epoch }) => epoch === newest.epoch);
  const reasons = [...new Set(ofEpoch.flatMap(({ skipped }) => Object.keys(skipped)))];
  return reasons
    .map((reason) => ({ reason, last: newest.skipped[reason] ?? 0, mean: ofEpoch.reduce((sum, { skipped }) => sum + (skipped[reason] ?? 0), 0) / ofEpoch.length }))
    .filter(({ mean }) => mean > 0)
    .sort((one, other) => other.mean - one.mean);
}
