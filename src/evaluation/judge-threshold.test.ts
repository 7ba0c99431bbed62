import { describe, expect, it } from 'vitest';
import { judgeThreshold } from './judge-threshold.ts';

describe('judging a threshold', () => {
  const scores = { mated: Float32Array.of(0.5, 0.25, 0.75), nonMated: Float32Array.of(0.5, 0.125) };

  it('counts both errors, a score at the threshold being a match', () => {
    expect(judgeThreshold(scores, 0.5)).toEqual({
      threshold: 0.5,
      fmr: 1 / 2,
      fnmr: 1 / 3,
      falseMatches: 1,
      falseNonMatches: 1,
      matedCount: 3,
      nonMatedCount: 2,
    });
  });

  it('accepts or rejects everything at the ends', () => {
    expect(judgeThreshold(scores, -Infinity)).toMatchObject({ fmr: 1, fnmr: 0 });
    expect(judgeThreshold(scores, 2)).toMatchObject({ fmr: 0, fnmr: 1 });
  });

  it('is refused without a threshold or without one kind of score', () => {
    expect(() => judgeThreshold(scores, NaN)).toThrow(/threshold is not a number/);
    expect(() => judgeThreshold({ ...scores, mated: new Float32Array(0) }, 1)).toThrow(/no mated/);
  });
});
