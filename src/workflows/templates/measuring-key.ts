import { createHash } from 'node:crypto';

/** Keys for measuring, which must repeat; those of a gallery are drawn, and nobody can say them. */
export function measuringKey(seed: number, index: number): Uint8Array {
  return new Uint8Array(createHash('sha256').update(`likeness cancelable ${seed} ${index}`).digest());
}
