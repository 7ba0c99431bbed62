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
  /** Degrees of freedom of its variance: at most one below the subjects. */
  readonly freedom: number;
}

/**
 * The shape that limits are corrected for.
 *
 * The acceleration is a sixth of the skewness of the subjects' influence (Efron, JASA 82, 1987, eq. 6.6). The degrees of
 * freedom are Satterthwaite's, 2 / the squared coefficient of variation of the variance: a sum of squared influences varies
 * by their kurtosis.
 *
 * The noise of pairs that is drawn too often, and what a limited number of resamples adds to each influence, are symmetric:
 * they swell the squares of the influence, but not its third and fourth cumulant. So both are taken off the squares (by chance:
 * Wager, Hastie and Efron, "Confidence intervals for random forests", JMLR 15, 2014, eq. 7). What the noise of pairs makes the
 * variance vary stays, though its mean is taken off: against the smaller variance it weighs more.
 */
export function resampledShape({ influence, drawn, values }: Resampled): ResampledShape {
  const [spread, shown] = [powerMeans(drawn).second, powerMeans(values).second];
  const subjects = influence.length;
  const ofSubjects = powerMeans(influence);
  const squares = subjects * ofSubjects.second;
  if (!(spread > 0 && shown > 0 && squares > 0)) return { acceleration: 0, freedom: subjects - 1 };
  const byChance = (subjects * spread) / drawn.length;
  const real = Math.max(squares - byChance, Math.min(squares, spread) / 2);
  const swollen = Math.max(1, spread / shown);
  const variance = real / swollen;
  const skewness = (subjects * ofSubjects.third) / variance ** 1.5;
  const excess = (subjects ** 2 * (ofSubjects.fourth - 3 * ofSubjects.second ** 2)) / variance ** 2;
  return { acceleration: skewness / 6, freedom: Math.min(subjects - 1, (2 * subjects) / (2 * swollen ** 2 + Math.max(0, excess))) };
}
