import type { OperatingPoints } from './error-rates.ts';
import type { Scores, ScoreSet } from './score-set.ts';
import { poolAdjacentViolators } from './pool-adjacent-violators.ts';
import { checkScores, EvaluationError } from './score-set.ts';

/**
 * Cost of log-likelihood ratios, Cllr, in bits: the mean of log2(1 + e^-s) over mated scores and that of log2(1 + e^s)
 * over non-mated ones, averaged. 0 is perfect, 1 is what saying nothing (s = 0) costs, and it has no upper bound.
 * Source: Brümmer and du Preez, Computer Speech and Language 20, 2006.
 *
 * @param ratios **natural** log-likelihood ratios, as a calibration gives them, not raw scores. A non-mated failure to
 *   acquire (-Infinity) costs nothing.
 * @throws EvaluationError score-out-of-range for a mated -Infinity, whose cost is infinite, and those of `checkScores`.
 */
export function cllr(ratios: ScoreSet): number {
  checkScores(ratios);
  const failure = ratios.mated.indexOf(-Infinity);
  if (failure >= 0) {
    throw new EvaluationError('score-out-of-range', `The mated ratio at index ${failure} is -Infinity: its cost is infinite.`);
  }
  return (meanCost(ratios.mated, -1) + meanCost(ratios.nonMated, 1)) / 2 / Math.LN2;
}

/**
 * The least Cllr that any rising map of the scores could reach: that of the isotonic calibration fitted on these very
 * scores, which measures discrimination alone. In [0, 1], whatever the scale of the scores; Cllr minus this is the
 * calibration loss. Failures to acquire may be among the scores: they only rank last.
 *
 * A pool with m of M mated and n of N non-mated scores has the ratio (m / M) / (n / N); pools of one kind cost nothing.
 */
export function minimumCllr(points: OperatingPoints): number {
  let bits = 0;
  for (const pool of poolAdjacentViolators(points)) {
    const matedShare = pool.mated / points.matedCount;
    const nonMatedShare = pool.nonMated / points.nonMatedCount;
    if (matedShare === 0 || nonMatedShare === 0) continue;
    const ratio = matedShare / nonMatedShare;
    bits += matedShare * Math.log1p(1 / ratio) + nonMatedShare * Math.log1p(ratio);
  }
  return bits / 2 / Math.LN2;
}

/** Mean of ln(1 + e^(sign * s)), without overflow. */
function meanCost(ratios: Scores, sign: 1 | -1): number {
  let sum = 0;
  for (let index = 0; index < ratios.length; index++) {
    const x = sign * ratios[index]!;
    sum += Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }
  return sum / ratios.length;
}
