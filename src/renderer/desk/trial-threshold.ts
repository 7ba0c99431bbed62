import { useSyncExternalStore } from 'react';

/** A threshold that is being looked at, not yet chosen, with its errors on the evaluation it is looked at in. */
export interface TrialThreshold {
  readonly threshold: number;
  readonly fmr: number;
  readonly fnmr: number;
}

let trial: TrialThreshold | null = null;
const listeners = new Set<() => void>();

/** The header follows in the same frame as the curves: all read this one value. */
export function setTrialThreshold(next: TrialThreshold | null): void {
  trial = next;
  for (const listener of listeners) listener();
}

export function useTrialThreshold(): TrialThreshold | null {
  return useSyncExternalStore(subscribe, () => trial);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
