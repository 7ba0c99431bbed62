import { powerMeans } from './power-means.ts';

/** What subjects do to a figure as it was drawn. */
export interface SubjectMoves {
  /** [subjects] (`influenceTally`). */
  readonly influence: readonly number[];
  /** [resamples], the figure as it was drawn. */
  readonly drawn: Float64Array;
  /** Whether it is how far two systems lie apart. */
  readonly isDifference?: boolean;
}

export interface Resampled extends SubjectMoves {
  /** [resamples], the figure as its limits are read from it (`withoutDoubleNoise`). */
  readonly values: Float64Array;
}

/** How a figure is distributed where subjects are few: not quite normally. */
export interface ResampledShape {
  /** Of BCa: how the standard error grows with the figure, 0 where it does not. */
  readonly acceleration: number;
  /** Degrees of freedom of its variance: at most one below the subjects. */
  readonly freedom: number;
}

/** Few subjects show too little of a heavy tail. This and what is below was chosen on simulated populations; others judge it (`npm run bench -- coverage`). */
const UNSEEN_TAILS = 4;

/**
 * Where a kurtosis leaves fewer degrees of freedom, it is not believed: few subjects do not tell one so well. Of a difference
 * more is believed: what two systems have in common cancels out, and what is left hangs on the few whom they do not see alike.
 * Of very few subjects anything is.
 */
const LEAST_FREEDOM = { figure: 8, difference: 6 };
const LEAST_PER_SUBJECT = 0.4;

/**
 * The shape that limits are corrected for.
 *
 * The acceleration is a sixth of the skewness (Efron, JASA 82, 1987, eq. 6.6) that the subjects' influence makes. The degrees
 * of freedom are Satterthwaite's, 2 / the squared coefficient of variation of the variance. A sum of squared influences varies
 * by their kurtosis less 1, of which their squared skewness goes along with the figure and is the acceleration's.
 *
 * The noise of pairs that is drawn too often is symmetric: it swells the squares of the influence, but not its third and fourth
 * cumulant. Its mean is taken off the variance, what it makes the variance vary is not: against the rest it weighs more.
 */
export function resampledShape({ influence, drawn, values, isDifference = false }: Resampled): ResampledShape {
  const subjects = influence.length;
  const cumulants = cumulantsOf({ influence, drawn });
  const shown = powerMeans(values).second;
  if (cumulants === undefined || !(shown > 0)) return { acceleration: 0, freedom: subjects - 1 };
  const swollen = Math.max(1, powerMeans(drawn).second / shown);
  const variance = cumulants.variance / swollen;
  const excess = (subjects * cumulants.fourth) / variance ** 2;
  const squaredSkewness = (subjects * cumulants.third ** 2) / variance ** 3;
  const freedom = (2 * subjects) / (2 * swollen ** 2 + Math.max(0, UNSEEN_TAILS * excess - squaredSkewness));
  const least = Math.min(LEAST_FREEDOM[isDifference ? 'difference' : 'figure'], LEAST_PER_SUBJECT * subjects);
  return { acceleration: cumulants.third / (6 * shown ** 1.5), freedom: Math.min(subjects - 1, Math.max(least, freedom)) };
}

/** How uncertain the variance of a figure as it was drawn is: its squared coefficient of variation. */
export function varianceUncertainty(moves: SubjectMoves): number {
  const { length: subjects } = moves.influence;
  const cumulants = cumulantsOf(moves);
  return cumulants === undefined ? 2 / subjects : 2 / subjects + Math.max(0, cumulants.fourth / cumulants.variance ** 2);
}

interface Cumulants {
  readonly variance: number;
  readonly third: number;
  readonly fourth: number;
}

/**
 * Of the sum of all influences; nothing where nothing moves. What a limited number of resamples adds is symmetric too, and is
 * taken off the squares (Wager, Hastie and Efron, "Confidence intervals for random forests", JMLR 15, 2014, eq. 7).
 */
function cumulantsOf({ influence, drawn }: SubjectMoves): Cumulants | undefined {
  const subjects = influence.length;
  const { second, third, fourth } = powerMeans(influence);
  const [squares, spread] = [subjects * second, powerMeans(drawn).second];
  if (!(squares > 0 && spread > 0)) return undefined;
  const byChance = (subjects * spread) / drawn.length;
  const variance = Math.max(squares - byChance, Math.min(squares, spread) / 2);
  return { variance, third: subjects * third, fourth: subjects * (fourth - 3 * second ** 2) };
}
