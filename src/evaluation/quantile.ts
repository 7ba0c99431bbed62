/**
 * A quantile interpolated linearly between order statistics (Hyndman and Fan, The American Statistician 1996, type 7,
 * as in numpy.quantile).
 *
 * @param sorted ascending, at least one value.
 * @param probability in [0, 1].
 */
export function quantile(sorted: Float64Array, probability: number): number {
  const position = probability * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (high - low) * (position - below);
}
