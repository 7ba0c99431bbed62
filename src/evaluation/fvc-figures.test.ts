import { describe, expect, it } from 'vitest';
import { operatingPoints } from './error-rates.ts';
import { fvcFigures } from './fvc-figures.ts';
import { sortScores } from './score-set.ts';

describe('the figures of fingerprint competitions', () => {
  const nonMated = Float64Array.from({ length: 20_000 }, (_, index) => index);
  const mated = Float64Array.of(0.5, 19_700, 19_900, 19_990, 19_998.5, 30_000, 40_000, 50_000);
  const figures = fvcFigures(operatingPoints(sortScores({ mated, nonMated })));

  it('are FNMRs at the targets they are named after, with what was achieved', () => {
    expect(figures.fmr100).toMatchObject({ target: 0.01, achieved: 0.01, threshold: 19_800, fnmr: 2 / 8 });
    expect(figures.fmr1000).toMatchObject({ target: 0.001, achieved: 0.001, threshold: 19_980, fnmr: 3 / 8 });
    expect(figures.fmr10000).toMatchObject({ target: 0.0001, achieved: 0.0001, threshold: 19_998, fnmr: 4 / 8, support: 'weak' });
    expect(figures.zeroFmr).toMatchObject({ fmr: 0, fnmr: 5 / 8, threshold: 30_000 });
    expect(figures.zeroFnmr).toMatchObject({ fnmr: 0, fmr: 19_999 / 20_000, threshold: 0.5 });
  });

  it('never fall as the demand rises', () => {
    const { fmr100, fmr1000, fmr10000, zeroFmr } = figures;
    const fnmrs = [fmr100, fmr1000, fmr10000, zeroFmr].map(({ fnmr }) => fnmr);
    expect(fnmrs).toEqual([...fnmrs].sort((a, b) => a - b));
  });
});
