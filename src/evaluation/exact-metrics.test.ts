import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EvaluationError } from './score-set.ts';
import { DEFAULT_COSTS, scoreMetrics } from './score-metrics.ts';
import { exactMetrics } from './test-support/exact-metrics.ts';

const targets = ['0', '0.0001', '0.05', '0.1', '0.3', '1'];
const plan = { targets: targets.map(Number), costs: DEFAULT_COSTS };
const ours = (mated: readonly string[], nonMated: readonly string[]) =>
  scoreMetrics({ scores: { mated: Float64Array.from(mated, Number), nonMated: Float64Array.from(nonMated, Number) }, attributed: undefined }, plan);

/** Few decimals make ties within and across kinds, many make none; offsets take digits from the spread. */
const decimals = fc.integer({ min: 0, max: 6 }).chain((places) =>
  fc.array(fc.integer({ min: -30, max: 30 }).map((steps) => (steps / 10).toFixed(places)), { minLength: 2, maxLength: 14 }));

describe('every figure of a score file', () => {
  it('equals exact arithmetic to 1e-9, ties or none, separated or upside down', () => {
    fc.assert(fc.property(decimals, decimals, fc.constantFrom('', '1', '-1'), (mated, written, offset) => {
      const nonMated = offset === '' ? written : written.map((score) => `${offset}00${score.replace('-', '')}`);
      const exact = exactMetrics(mated, nonMated, targets);
      const metrics = ours(mated, nonMated);
      for (const name of ['eer', 'auc', 'zeroFmr', 'zeroFnmr'] as const) expect(Math.abs((metrics[name] as number) - exact[name]), name).toBeLessThan(1e-9);
      if (Number.isNaN(exact.dPrime)) expect(metrics.dPrime).toMatchObject({ error: { code: 'no-spread' } });
      else expect(Math.abs((metrics.dPrime as number) - exact.dPrime)).toBeLessThan(1e-9 * Math.max(1, Math.abs(exact.dPrime)));
      expect(metrics.fnmrAtFmr).toEqual(exact.fnmrAtFmr.map(({ achieved, fnmr }, at) =>
        expect.objectContaining({ target: plan.targets[at], achieved: expect.closeTo(achieved, 12), fnmr: expect.closeTo(fnmr, 12) })));
    }), { numRuns: 300 });
  });

  it('keeps its digits where all scores lie far from zero', () => {
    const mated = ['1000000.1', '1000000.25', '1000000.3', '1000000.2'];
    const nonMated = ['999999.9', '1000000', '1000000.1'];
    expect(Math.abs((ours(mated, nonMated).dPrime as number) - exactMetrics(mated, nonMated, targets).dPrime)).toBeLessThan(1e-7);
  });

  it('is refused for a score that is none', () => {
    expect(() => ours(['1', 'nan'], ['0'])).toThrow(EvaluationError);
  });
});
