import type { ProtectionFigures, ProtectionOrder } from '../evaluation/protection/measure-protection.ts';
import { measureProtection } from '../evaluation/protection/measure-protection.ts';
import { seededRandom } from '../evaluation/random.ts';
import type { Progress } from '../evaluation/steps.ts';

/** As data: a thread cannot be given a source of random numbers. */
export type CancelableOrder = Omit<ProtectionOrder, 'random'> & { seed: number };

export function measureCancelable({ seed, ...order }: CancelableOrder): Generator<Progress, ProtectionFigures> {
  return measureProtection({ ...order, random: seededRandom(seed) });
}
