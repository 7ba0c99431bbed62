import { describe, expect, it } from 'vitest';
import { rateLimits, statedLimits } from './stated-limits.ts';

describe('statedLimits', () => {
  it('are those of the resamples', () => {
    expect(statedLimits({ lower: -2, upper: -1 })).toEqual({ low: -2, high: -1 });
  });

  it('are none where no resample moved the figure, or where it did not exist', () => {
    expect(statedLimits({ lower: 1, upper: 1 })).toBeNull();
    expect(statedLimits({ lower: NaN, upper: NaN })).toBeNull();
  });
});

describe('rateLimits', () => {
  it('go by the rule of three where all trials ended alike', () => {
    expect(rateLimits({ lower: 0, upper: 0 }, 0, 60)).toEqual({ low: 0, high: 0.05 });
    expect(rateLimits({ lower: 1, upper: 1 }, 1, 60)).toEqual({ low: 0.95, high: 1 });
  });

  it('never promise more than nothing for a handful of trials', () => {
    expect(rateLimits({ lower: 0, upper: 0 }, 0, 2)).toEqual({ low: 0, high: 1 });
    expect(rateLimits({ lower: 1, upper: 1 }, 1, 2)).toEqual({ low: 0, high: 1 });
  });

  it('are those of the resamples where these reach further, and at any other rate', () => {
    expect(rateLimits({ lower: 0, upper: 0.2 }, 0, 60)).toEqual({ low: 0, high: 0.2 });
    expect(rateLimits({ lower: 0.1, upper: 0.2 }, 0.15, 60)).toEqual({ low: 0.1, high: 0.2 });
    expect(rateLimits({ lower: 0.5, upper: 0.5 }, 0.5, 60)).toBeNull();
  });
});
