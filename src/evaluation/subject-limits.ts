import type { SubjectMoves } from './resampled-shape.ts';
import { acceleratedLimits } from './accelerated-limits.ts';
import { resampledShape } from './resampled-shape.ts';

/** What resamples of the subjects showed of a figure. */
export interface ShownBySubjects extends SubjectMoves {
  readonly estimate: number;
  /** [resamples], without the double noise of pairs (`withoutDoubleNoise`); `drawn` where there are no pairs. */
  readonly values?: Float64Array;
}

/** Limits of a figure (`acceleratedLimits`) in the shape that the influence of its subjects has (`resampledShape`); NaN without a resample. */
export function subjectLimits({ estimate, ...shown }: ShownBySubjects, confidence: number): { lower: number; upper: number } {
  const resampled = { values: shown.drawn, ...shown };
  return acceleratedLimits({ estimate, values: resampled.values, shape: resampledShape(resampled), subjects: shown.influence.length }, confidence);
}
