export interface Validated {
  /** Validation EER of the epochs before; null where there was none. */
  reached: readonly (number | null)[];
  /** People in the validation part. */
  subjects: number;
}

/**
 * Whether this epoch's weights become the model: the latest within one standard error of the lowest EER so far (the
 * one-standard-error rule of Breiman et al., CART, 1984, section 3.4.3). A few validation subjects cannot tell neighbouring epochs
 * apart, and of epochs that are as good the later has learnt longer; with many subjects it is the best epoch. Without any
 * validation the newest is kept.
 */
export function isKept(eer: number | null, { reached, subjects }: Validated): boolean {
  const known = reached.filter((one) => one !== null);
  if (known.length === 0) return true;
  if (eer === null) return false;
  const lowest = Math.min(...known);
  return eer <= lowest + Math.sqrt((lowest * (1 - lowest)) / subjects);
}
