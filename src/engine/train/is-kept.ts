export interface Validated {
  /** Validation EER of the epochs before; null where there was none. */
  reached: readonly (number | null)[];
  /** People in the validation part. */
  subjects: number;
  /** Validation EER of a network that was trained elsewhere, before it learnt anything here; null for one that began at random. */
  start?: number | null;
}

/**
 * Whether this epoch's weights become the model: the latest within one standard error of the lowest EER so far (the
 * one-standard-error rule of Breiman et al., CART, 1984, section 3.4.3). A few validation subjects cannot tell neighbouring epochs
 * apart, and of epochs that are as good the later has learnt longer; with many subjects it is the best epoch. Without any
 * validation the newest is kept.
 *
 * Where the start embeds well already the burden of proof is the other way round: only an epoch with a lower EER than the start and all
 * epochs before is kept, so that learning that does not help leaves the embedder as it was.
 */
export function isKept(eer: number | null, { reached, subjects, start = null }: Validated): boolean {
  const known = reached.filter((one) => one !== null);
  if (start !== null) return eer !== null && eer < Math.min(start, ...known);
  if (known.length === 0) return true;
  if (eer === null) return false;
  const lowest = Math.min(...known);
  return eer <= lowest + Math.sqrt((lowest * (1 - lowest)) / subjects);
}
