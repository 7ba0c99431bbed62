import type { Curve } from './curve.ts';
import type { OperatingPoints } from './error-rates.ts';
import type { Scores } from './score-set.ts';
import { curveBetween } from './curve.ts';
import { firstIndex, operatingPoints } from './error-rates.ts';
import { sortScores } from './score-set.ts';

/**
 * Receiver operating characteristic: x = FMR (draw it logarithmic), y = TMR = 1 - FNMR, at every distinct score.
 *
 * The curve ends where the data end: the lowest FMR drawn is one false match, 1 / non-mated comparisons. What lies
 * below is not known (ISO/IEC 19795-1; `supportLimits` says how far the curve can be trusted).
 *
 * @throws EvaluationError when a kind of score is missing or a score is not a number.
 */
export function rocCurve(matedScores: Scores, nonMatedScores: Scores): Curve {
  return rocOfPoints(operatingPoints(sortScores({ mated: matedScores, nonMated: nonMatedScores })));
}

/** The ROC curve of operating points that are already at hand. */
export function rocOfPoints(points: OperatingPoints): Curve {
  const last = points.thresholds.length - 1; // the point that rejects everything: FMR 0, not drawn
  return curveBetween(points, 0, firstIndex(last, (index) => points.falseMatches[index]! === 0));
}
