import type { OperatingPoints } from './error-rates.ts';
import { EvaluationError } from './score-set.ts';

/** A ROC or DET curve as columns that ascend in threshold (FMR never rises, FNMR never falls). Rates in [0, 1]. */
export interface Curve {
  readonly thresholds: Float64Array; // [points]
  readonly fmr: Float64Array; // [points]
  readonly fnmr: Float64Array; // [points]
  readonly tmr: Float64Array; // [points], true match rate = 1 - FNMR
  readonly matedCount: number;
  readonly nonMatedCount: number;
}

/** The operating points [from, to) as a curve. */
export function curveBetween(points: OperatingPoints, from: number, to: number): Curve {
  const length = Math.max(0, to - from);
  const curve = {
    thresholds: points.thresholds.slice(from, from + length),
    fmr: new Float64Array(length),
    fnmr: new Float64Array(length),
    tmr: new Float64Array(length),
    matedCount: points.matedCount,
    nonMatedCount: points.nonMatedCount,
  };
  for (let index = 0; index < length; index++) {
    const falseNonMatches = points.falseNonMatches[from + index]!;
    curve.fmr[index] = points.falseMatches[from + index]! / points.nonMatedCount;
    curve.fnmr[index] = falseNonMatches / points.matedCount;
    curve.tmr[index] = (points.matedCount - falseNonMatches) / points.matedCount;
  }
  return curve;
}

/**
 * The same curve in at most `maximumPoints` points, for drawing over a logarithmic FMR axis.
 *
 * The axis is cut into equal logarithmic columns; each keeps its first and last point, so that both ends and every
 * vertical step survive and nothing moves by more than one column. Kept points are original points, never averages.
 *
 * @throws EvaluationError argument-out-of-range when fewer than 2 points are asked for.
 */
export function downsampleForDrawing(curve: Curve, maximumPoints: number): Curve {
  if (!(maximumPoints >= 2)) {
    throw new EvaluationError('argument-out-of-range', `A curve needs at least 2 points, not ${maximumPoints}.`);
  }
  if (curve.fmr.length <= maximumPoints) return curve;
  const kept = endsOfColumns(curve.fmr, Math.floor(maximumPoints / 2));
  const pick = (column: Float64Array): Float64Array => Float64Array.from(kept, (index) => column[index]!);
  return {
    ...curve,
    thresholds: pick(curve.thresholds),
    fmr: pick(curve.fmr),
    fnmr: pick(curve.fnmr),
    tmr: pick(curve.tmr),
  };
}

function endsOfColumns(fmr: Float64Array, columns: number): number[] {
  const last = fmr.length - 1;
  const highest = Math.log(fmr[0]!);
  const span = highest - Math.log(fmr[last]!);
  const columnOf = (index: number): number =>
    span === 0 ? 0 : Math.min(columns - 1, Math.floor(((highest - Math.log(fmr[index]!)) / span) * columns));
  const kept: number[] = [];
  for (let index = 0; index <= last; index++) {
    const column = columnOf(index);
    const startsColumn = index === 0 || columnOf(index - 1) !== column;
    const endsColumn = index === last || columnOf(index + 1) !== column;
    if (startsColumn || endsColumn) kept.push(index);
  }
  return kept;
}
