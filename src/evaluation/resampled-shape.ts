import { powerMeans } from './power-means.ts';

export interface Resampled {
  /** [subjects], of the figure as it was drawn (`influenceTally`). */
  readonly influence: readonly number[];
  /** The figure over the resamples as it was drawn, and as its limits are read from it (`withoutDoubleNoise`). */
  readonly drawn: Float64Array;
  readonly values: Float64Array;
}

/** How a figure is distributed where subjects are few: not quite normally. */
export interface ResampledShape {
  /** Of BCa: how the standard error grows with the figure, 0 where it does not. */
  readonly acceleration: number;
  /** Of the influence of subjects, 3 of a normal one. */
  readonly kurtosis: number;
}

/**
 * The shape that limits are corrected for.
 *
 * The noise of pairs that is drawn too often, and what a limited number of resamples adds to each influence, are symmetric:
 * they swell the squares of the influence, but not its third and fourth cumulant. So both are taken off the squares (by chance:
 * Wager, Hastie and Efron, "Confidence intervals for random forests", JMLR 15, 2014, eq. 7).
 *
 * The acceleration is half-way between a sixth of the skewness of the influence (Efron, JASA 82, 1987, eq. 6.6), which sees a
 * figure as a sum over subjects and so too little of a bent one, and a sixth of that of the resamples, which takes the bend for
 * acceleration. Half-way held the truth of simulated populations best; others than those judge it (`npm run bench -- coverage`).
 */
export function resampledShape({ influence, drawn, values }: Resampled): ResampledShape {
  const [spread, shown] = [powerMeans(drawn), powerMeans(values)];
  const subjects = influence.length;
  const ofSubjects = powerMeans(influence);
  const squares = subjects * ofSubjects.second;
  if (!(spread.second > 0 && shown.second > 0 && squares > 0)) return { acceleration: 0, kurtosis: 3 };
  const byChance = (subjects * spread.second) / drawn.length;
  const real = Math.max(squares - byChance, Math.min(squares, spread.second) / 2);
  const variance = real * Math.min(1, shown.second / spread.second);
  const linear = (subjects * ofSubjects.third) / variance ** 1.5;
  const whole = shown.third / shown.second ** 1.5;
  const excess = (subjects ** 2 * (ofSubjects.fourth - 3 * ofSubjects.second ** 2)) / variance ** 2;
  return { acceleration: (linear + whole) / 12, kurtosis: 3 + Math.max(0, excess) };
}
