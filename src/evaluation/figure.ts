import type { OperatingPoints } from './error-rates.ts';
import type { PointLookup } from './point-lookup.ts';
import { lookupOf } from './point-lookup.ts';

/** A figure read from operating points; `resampled-figures.ts` holds the usual ones. NaN where it does not exist. */
export interface Figure {
  (points: OperatingPoints): number;
  /** The same figure by asking in few places, which spares a resample from counting the errors everywhere else. */
  readonly sparsely?: (lookup: PointLookup) => number;
  /** A smoother figure that non-mated comparisons move alike, such as the FMR at the threshold that is meant. */
  readonly movedLike?: (points: OperatingPoints) => Figure;
}

/** A figure that asks in few places, from one definition. */
export function figureOf(read: (lookup: PointLookup) => number): Figure {
  return Object.assign((points: OperatingPoints) => read(lookupOf(points)), { sparsely: read });
}
