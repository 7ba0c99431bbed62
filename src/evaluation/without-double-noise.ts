/** Of all variance at least a third is real: where pairs are nothing but noise, resamples show it three times. */
const LEAST_SHARE = 1 / 3;

/** A figure in each resample of the subjects: of their mated and non-mated comparisons, and of the mated ones alone. */
export type Drawn = readonly (readonly [both: number, mated: number])[];

export interface Noise {
  readonly drawn: Drawn;
  /** The figure where only pairs of subjects were resampled; NaN where it does not exist. */
  readonly ofPairs: readonly number[];
  readonly subjects: number;
  /** How uncertain the variance is that the pairs' part is taken of (`varianceUncertainty`); 0 where the part is applied to that same variance. */
  readonly uncertainty?: number;
}

/**
 * Values of a figure over resamples, in which what non-mated comparisons add is drawn in until its variance is right.
 *
 * A weight w_i w_j on the comparisons of two subjects gets right what the subjects bring along, but what belongs to the
 * pair alone comes in three times: as such, and as the noise in the mean of each of its two subjects (Owen, "The
 * pigeonhole bootstrap", Annals of Applied Statistics 1, 2007). No weights of subjects can help: any that get the subjects
 * right show the pairs twice at least. What pairs make of the variance is therefore measured by resampling them with all
 * subjects kept (`weighHalvedPairs`), and taken off twice; for a rate this leaves the variance of dyadic data (Aronow,
 * Samii and Assenova, Political Analysis 23, 2015).
 *
 * Where mated and non-mated scores of a subject go together, the values stay somewhat too wide: what both share is drawn in too.
 */
export function withoutDoubleNoise(drawn: Drawn, scale: number): Float64Array {
  const moved = movesOf(drawn);
  const middle = moved.slice().sort()[moved.length >> 1] ?? 0;
  const shown = drawn.flat();
  const [least, most] = [shown.reduce((one, other) => Math.min(one, other), Infinity), shown.reduce((one, other) => Math.max(one, other), -Infinity)];
  // The bias of a figure goes with the variance, its spread with the root of it; a rate stays a rate.
  return Float64Array.from(drawn, ([, mated], at) => Math.min(most, Math.max(least, mated + scale * scale * middle + scale * (moved[at]! - middle))));
}

/** How far the deviations of a figure must be drawn in, 1 being not at all. */
export function noiseScale({ drawn, ofPairs, subjects, uncertainty = 0 }: Noise): number {
  const all = varianceOf(movesOf(drawn));
  const pairs = varianceOf(Float64Array.from(ofPairs).filter((value) => !Number.isNaN(value)));
  if (!(all > 0 && pairs > 0)) return 1;
  // To the order 1 / n: resamples hold 1 - 3 / n of the subjects' part, and 2 / n of it is in what pairs make alone.
  const few = 4 / subjects;
  // A variance that is too small by chance makes the part too large, by more than one too large makes it small.
  const part = pairs / (all * (1 + uncertainty));
  return Math.sqrt(Math.max(LEAST_SHARE, 1 + few - (2 + 3 * few) * part));
}

const movesOf = (drawn: Drawn): Float64Array => Float64Array.from(drawn, ([both, mated]) => both - mated);

function varianceOf(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}
