/*
 * Golden values of scikit-learn 1.9.1, scipy 1.17.1, numpy 2.4.6, made once with:
 *   rng = np.random.default_rng(7)
 *   m = np.round(rng.normal(0.6, 0.2, 20), 1); n = np.round(rng.normal(0.3, 0.2, 40), 1)
 *   y = np.r_[np.ones(20), np.zeros(40)]; s = np.r_[m, n]
 *   roc_curve(y, s, drop_intermediate=False); roc_auc_score(y, s); np.histogram(v, bins=7, range=(s.min(), s.max()))
 *   (m.mean() - n.mean()) / np.sqrt((m.var(ddof=1) + n.var(ddof=1)) / 2)
 */
import { describe, expect, it } from 'vitest';
import { areaUnderCurve } from './area-under-curve.ts';
import { dPrime } from './d-prime.ts';
import { operatingPoint, operatingPoints } from './error-rates.ts';
import { scoreHistogram } from './histogram.ts';
import { sortScores } from './score-set.ts';

const mated = Float64Array.of(
  0.6, 0.7, 0.5, 0.4, 0.5, 0.4, 0.6, 0.9, 0.5, 0.5, 0.7, 0.7, 0.6, 0.4, 0.6, 0.7, 0.3, 0.5, 0.2, 0.3,
);
const nonMated = Float64Array.of(
  -0.1, 0.3, 0.0, 0.4, 0.3, 0.3, -0.2, 0.2, 0.3, 0.3, -0.0, 0.2, 0.1, 0.1, 0.5, 0.1, 0.3, 0.5, 0.2, 0.3, 0.3, 0.3, 0.1,
  0.3, 0.6, -0.0, 0.5, 0.3, 0.2, 0.7, 0.5, 0.1, 0.3, 0.4, 0.3, 0.4, 0.3, 0.4, 0.6, 0.2,
);
const fpr = [0.0, 0.0, 0.025, 0.075, 0.175, 0.275, 0.625, 0.75, 0.875, 0.95, 0.975, 1.0];
const tpr = [0.0, 0.05, 0.25, 0.45, 0.7, 0.85, 0.95, 1.0, 1.0, 1.0, 1.0, 1.0];
const thresholds = [0.9, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, -0.0, -0.1, -0.2]; // without the leading inf

describe('golden values', () => {
  const points = operatingPoints(sortScores({ mated, nonMated }));

  it('of roc_curve equal the operating points, highest threshold first', () => {
    const rows = Array.from({ length: points.thresholds.length }, (_, index) => operatingPoint(points, index)).reverse();
    expect(rows.map(({ fmr }) => fmr)).toEqual(fpr);
    rows.forEach(({ fnmr }, index) => expect(fnmr).toBeCloseTo(1 - tpr[index]!, 15));
    expect(rows.slice(1).map(({ threshold }) => threshold)).toEqual(thresholds);
  });

  it('of roc_auc_score equal the area under the curve', () => {
    expect(areaUnderCurve(points)).toBe(0.843125);
  });

  it("of numpy equal d' and the histogram", () => {
    expect(dPrime({ mated, nonMated })).toBeCloseTo(1.4235105479089514, 14);
    const histogram = scoreHistogram({ mated, nonMated }, 7);
    expect([...histogram.mated]).toEqual([0, 0, 1, 5, 5, 8, 1]);
    expect([...histogram.nonMated]).toEqual([2, 8, 5, 18, 4, 3, 0]);
    expect(histogram.edges[1]).toBeCloseTo(-0.042857142857142844, 15);
  });
});
