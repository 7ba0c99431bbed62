import type { OperatingPoints } from './error-rates.ts';

/**
 * Area under the ROC curve on linear axes: the chance that a mated score exceeds a non-mated one, a tie counting half
 * (the Mann-Whitney statistic over both counts; Hanley and McNeil, Radiology 1982). In [0, 1]; 0.5 is chance.
 *
 * Twice the number of wins is summed, a whole number, so the result is exact up to 2^52 pairs.
 */
export function areaUnderCurve(points: OperatingPoints): number {
  const { falseMatches, falseNonMatches, matedCount, nonMatedCount } = points;
  let twiceWins = 0;
  for (let index = 0; index + 1 < points.thresholds.length; index++) {
    const matedHere = falseNonMatches[index + 1]! - falseNonMatches[index]!;
    const nonMatedBelow = nonMatedCount - falseMatches[index]!;
    const nonMatedHere = falseMatches[index]! - falseMatches[index + 1]!;
    twiceWins += matedHere * (2 * nonMatedBelow + nonMatedHere);
  }
  return twiceWins / (2 * matedCount * nonMatedCount);
}
