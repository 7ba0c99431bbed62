import { describe, expect, it } from 'vitest';
import { bootstrapIntervals } from './bootstrap.ts';
import { curveBand, curveBandSteps, logSpacedRates } from './curve-band.ts';
import { randomInteger, seededRandom } from './random.ts';
import { fnmrAtTarget } from './resampled-figures.ts';

const random = seededRandom(8);
const someSubjects = (count: number) => Int32Array.from({ length: count }, () => randomInteger(random, 15));
const scores = {
  mated: Float64Array.from({ length: 120 }, () => random() + 0.4),
  matedSubjects: someSubjects(120),
  nonMated: Float64Array.from({ length: 900 }, () => random()),
  nonMatedFirst: someSubjects(900),
  nonMatedSecond: someSubjects(900),
};
const plan = () => ({ replicates: 100, confidence: 0.95, random: seededRandom(2) });

describe('the band of a curve', () => {
  const abscissae = logSpacedRates(1 / 900, 20);
  const band = curveBand(scores, abscissae, plan());

  it('is the interval of FNMR at each FMR', () => {
    const { fnmr } = bootstrapIntervals(scores, { fnmr: fnmrAtTarget(abscissae[7]!) }, plan());
    expect(band.fnmr[7]).toBe(fnmr.estimate);
    expect([band.lower[7], band.upper[7]]).toEqual([fnmr.lower, fnmr.upper]);
  });

  it('holds the curve, which falls as the FMR rises', () => {
    abscissae.forEach((fmr, at) => {
      expect(band.fmr[at]).toBe(fmr);
      expect(band.lower[at]).toBeLessThanOrEqual(band.fnmr[at]!);
      expect(band.upper[at]).toBeGreaterThanOrEqual(band.fnmr[at]!);
      if (at > 0) expect(band.fnmr[at]).toBeLessThanOrEqual(band.fnmr[at - 1]!);
    });
  });

  it('stands on rates in equal logarithmic steps up to 1', () => {
    const rates = logSpacedRates(0.001, 4);
    [0.001, 0.01, 0.1, 1].forEach((rate, at) => expect(rates[at]).toBeCloseTo(rate, 15));
    for (const lowest of [0, 1, NaN]) expect(() => logSpacedRates(lowest, 4)).toThrow(/no 4 rates/);
    expect(() => logSpacedRates(0.1, 1)).toThrow(/no 1 rates/);
  });

  it('is refused without an abscissa and shows its progress', () => {
    expect(() => curveBand(scores, [], plan())).toThrow(/at least one/);
    expect(() => curveBand(scores, [2], plan())).toThrow(/lies in/);
    expect(curveBandSteps(scores, [0.1], plan()).next().value).toEqual({ done: 0, total: 100 });
  });
});
