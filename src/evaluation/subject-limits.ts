import { acceleratedLimits } from './accelerated-limits.ts';
import { resampledShape } from './resampled-shape.ts';

/** What resamples of the subjects showed of a figure. */
export interface ShownBySubjects {
  readonly estimate: number;
  /** [resamples], as they were drawn. */
  readonly drawn: Float64Array;
  /** [resamples], without the double noise of pairs (`withoutDoubleNoise`); `drawn` where there are no pairs. */
  readonly values?: Float64Array;
  /** [subjects], what each did to it as it was drawn (`influenceTally`). */
  readonly influence: readonly number[];
  /** Whether it is how far two systems lie apart (`resampledShape`). */
  readonly isDifference?: boolean;
}

/** Limits of a figure (`acceleratedLimits`) in the shape that the influence of its subjects has (`resampledShape`); NaN without a resample. */
export function subjectLimits({ estimate, drawn, values = drawn, influence, isDifference = false }: ShownBySubjects, confidence: number): { lower: number; upper: number } {
  return acceleratedLimits({ estimate, values, shape: resampledShape({ influence, drawn, values, isDifference }), subjects: influence.length }, confidence);
}
