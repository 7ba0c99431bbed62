import { describe, expect, it } from 'vitest';
import { supportFor, supportLimits } from './support-limits.ts';

describe('the limits of a number of comparisons', () => {
  it('are 1/N, 30/N and 3/N', () => {
    expect(supportLimits(3000)).toEqual({ trials: 3000, resolution: 1 / 3000, ruleOf30: 0.01, zeroErrorBound: 0.001 });
  });

  it('bound the zero-error rate at 95 % confidence', () => {
    for (const trials of [100, 1000, 1e6]) {
      const chanceOfNoError = (1 - supportLimits(trials).zeroErrorBound) ** trials;
      expect(chanceOfNoError).toBeLessThanOrEqual(0.05);
      expect(chanceOfNoError).toBeGreaterThan(0.045);
    }
  });

  it('say whether a rate is supported, with the edges on the better side', () => {
    expect(supportFor(1 / 49, 49)).toBe('weak');
    expect(supportFor(0.001, 1000)).toBe('weak');
    expect(supportFor(0.000999, 1000)).toBe('unsupported');
    expect(supportFor(0.03, 1000)).toBe('supported');
    expect(supportFor(0.0299, 1000)).toBe('weak');
    expect(supportFor(0, 1e9)).toBe('unsupported');
  });

  it('do not exist without a trial', () => {
    expect(() => supportLimits(0)).toThrow(/at least one trial/);
  });
});
