/** Times `factor` whenever more than `patience` epochs in a row have not been better than the best, as PyTorch's ReduceLROnPlateau. */
export function plateau({ patience, factor }: { patience: number; factor: number }, history: readonly number[]): number {
  let share = 1;
  let best = Infinity;
  let waited = 0;
  for (const reached of history) {
    if (reached < best) {
      best = reached;
      waited = 0;
    } else waited++;
    if (waited > patience) {
      share *= factor;
      waited = 0;
    }
  }
  return share;
}
