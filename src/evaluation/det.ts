import type { Curve } from './curve.ts';
import type { OperatingPoints } from './error-rates.ts';
import type { Scores } from './score-set.ts';
import { curveBetween } from './curve.ts';
import { firstIndex, operatingPoints } from './error-rates.ts';
import { sortScores } from './score-set.ts';

/**
 * Detection error trade-off: x = FMR, y = FNMR, both logarithmic or both on the normal deviate scale (`normalDeviate`).
 * Source: Martin et al., "The DET curve in assessment of detection task performance", Eurospeech 1997.
 *
 * Either scale has no zero, so the curve runs from the first false non-match (1 / mated comparisons) to the last false
 * match (1 / non-mated comparisons). Perfectly separated scores have no such point: the curve is empty, and the bounds
 * of `supportLimits` are all that can be said.
 *
 * @throws EvaluationError when a kind of score is missing or a score is not a number.
 */
export function detCurve(matedScores: Scores, nonMatedScores: Scores): Curve {
  return detOfPoints(operatingPoints(sortScores({ mated: matedScores, nonMated: nonMatedScores })));
}

/** The DET curve of operating points that are already at hand. */
export function detOfPoints(points: OperatingPoints): Curve {
  const last = points.thresholds.length - 1;
  const from = firstIndex(last, (index) => points.falseNonMatches[index]! > 0);
  const to = firstIndex(last, (index) => points.falseMatches[index]! === 0);
  return curveBetween(points, from, to);
}
