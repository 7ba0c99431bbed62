import { describe, expect, it } from 'vitest';
import { operatingPoints } from './error-rates.ts';
import { equalErrorFigure, fmrAtThreshold, fnmrAtTarget, fnmrAtThreshold } from './resampled-figures.ts';
import { sortScores } from './score-set.ts';

describe('figures to resample', () => {
  const points = operatingPoints(sortScores({ mated: Float64Array.of(1, 3, 4, 5), nonMated: Float64Array.of(0, 1, 2, 4) }));

  it('are read from operating points', () => {
    expect(fmrAtThreshold(2)(points)).toBe(2 / 4);
    expect(fnmrAtThreshold(2)(points)).toBe(1 / 4);
    expect(fnmrAtTarget(0)(points)).toBe(3 / 4);
    expect(equalErrorFigure(points)).toBe(1 / 4);
  });
});
