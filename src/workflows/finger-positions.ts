import { fingerPosition } from '../contract/vocabulary.ts';
import type { FingerPosition } from '../contract/vocabulary.ts';
import type { FoundSample } from '../contract/requests/inspections.ts';

/**
 * Whether two samples may be of one finger. Different fingers of one person are as different as those of two, so they are never compared
 * where both are known; where one is not, nobody can say that they differ.
 */
export const mayBeOneFinger = (one: FingerPosition | null, other: FingerPosition | null): boolean => one === null || other === null || one === other;

/** Which finger the pipeline saw: it knows of the fingers of a whole hand only. */
export function fingerSeen({ hand, finger }: FoundSample['measures']): FingerPosition | null {
  return fingerPosition.safeParse(`${String(hand)} ${String(finger)}`).data ?? null;
}
