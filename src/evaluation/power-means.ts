/** Means of the powers of deviations from the mean: the central moments, second to fourth, with 1 / n. NaN of nothing. */
export interface PowerMeans {
  readonly mean: number;
  readonly second: number;
  readonly third: number;
  readonly fourth: number;
}

export function powerMeans(values: ArrayLike<number>): PowerMeans {
  const count = values.length;
  let sum = 0;
  for (let at = 0; at < count; at++) sum += values[at]!;
  const mean = sum / count;
  let [second, third, fourth] = [0, 0, 0];
  for (let at = 0; at < count; at++) {
    const square = (values[at]! - mean) ** 2;
    second += square;
    third += square * (values[at]! - mean);
    fourth += square * square;
  }
  return { mean, second: second / count, third: third / count, fourth: fourth / count };
}
