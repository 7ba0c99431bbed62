/*
 * Golden values on the scores of golden-scores.test.ts. scale and offset: 60 plain Newton steps in numpy 2.4.6 on the
 * weighted cross entropy, confirmed to 1e-8 by scikit-learn 1.9.1 LogisticRegression(C=inf, sample_weight); Platt at the natural prior: sklearn.calibration._sigmoid_calibration (tolerance 1e-6). Steps:
 * sklearn.isotonic.IsotonicRegression; Cllr: np.mean(np.logaddexp(0, -/+s)) / np.log(2) of its logits - logit(20/60).
 */
import { describe, expect, it } from 'vitest';
import { cllr, minimumCllr } from './cllr.ts';
import { operatingPoints } from './error-rates.ts';
import { calibratedBySteps, isotonicCalibration } from './isotonic-calibration.ts';
import { calibrated, logisticCalibration } from './logistic-calibration.ts';
import { sortScores } from './score-set.ts';

const mated = Float64Array.of(
  0.6, 0.7, 0.5, 0.4, 0.5, 0.4, 0.6, 0.9, 0.5, 0.5, 0.7, 0.7, 0.6, 0.4, 0.6, 0.7, 0.3, 0.5, 0.2, 0.3,
);
const nonMated = Float64Array.of(
  -0.1, 0.3, 0.0, 0.4, 0.3, 0.3, -0.2, 0.2, 0.3, 0.3, -0.0, 0.2, 0.1, 0.1, 0.5, 0.1, 0.3, 0.5, 0.2, 0.3, 0.3, 0.3, 0.1,
  0.3, 0.6, -0.0, 0.5, 0.3, 0.2, 0.7, 0.5, 0.1, 0.3, 0.4, 0.3, 0.4, 0.3, 0.4, 0.6, 0.2,
);
const scores = { mated, nonMated };

describe('golden values of calibration', () => {
  it('equal the logistic fits', () => {
    const fits = [
      { matedPrior: 0.5, targets: 'observed', scale: 8.329704079127284, offset: -3.373433680271377 },
      { matedPrior: 0.1, targets: 'observed', scale: 7.881559439636278, offset: -3.1931007403526044 },
      { matedPrior: 0.5, targets: 'smoothed', scale: 7.192591625405748, offset: -2.9741035067805326 },
      { matedPrior: 0.1, targets: 'smoothed', scale: 5.918753978454484, offset: -2.072460994996014 },
    ] as const;
    for (const { scale, offset, ...plan } of fits) {
      const fit = logisticCalibration(scores, plan);
      expect(fit.scale).toBeCloseTo(scale, 11);
      expect(fit.offset).toBeCloseTo(offset, 11);
    }
    const platt = logisticCalibration(scores, { matedPrior: 1 / 3, targets: 'smoothed' });
    expect(platt.scale).toBeCloseTo(7.053882130679885, 4);
    expect(platt.offset).toBeCloseTo(-2.825486720331897, 4);
  });

  it('equal the isotonic steps', () => {
    const distinct = Float64Array.of(-0.2, -0.1, 0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.9);
    const steps = isotonicCalibration(operatingPoints(sortScores(scores)));
    const expected = [
      -Infinity, -Infinity, -Infinity, -Infinity, -1.15267951, -1.15267951, 0.40546511, 0.91629073, 1.38629436, 2.07944154, Infinity,
    ];
    calibratedBySteps(distinct, steps).forEach((ratio, at) => {
      if (Number.isFinite(ratio)) expect(ratio).toBeCloseTo(expected[at]!, 8);
      else expect(ratio).toBe(expected[at]);
    });
  });

  it('equal Cllr, and a fit lies between the raw scores and the least Cllr', () => {
    expect(cllr(scores)).toBeCloseTo(0.944287525127793, 14);
    const least = minimumCllr(operatingPoints(sortScores(scores)));
    expect(least).toBeCloseTo(0.6677225856368376, 14);
    const fit = logisticCalibration(scores, { matedPrior: 0.5, targets: 'observed' });
    const fitted = cllr({ mated: calibrated(mated, fit), nonMated: calibrated(nonMated, fit) });
    expect(fitted).toBeGreaterThan(least);
    expect(fitted).toBeLessThan(0.944);
  });
});
