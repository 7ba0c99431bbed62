import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { operatingPoints } from '../evaluation/error-rates.ts';
import { fnmrAtTarget } from '../evaluation/resampled-figures.ts';
import { sortScores } from '../evaluation/score-set.ts';
import { curveFigures } from './curve-figures.ts';

const scores = fc.array(fc.integer({ min: -6, max: 6 }), { minLength: 1, maxLength: 30 }).map((values) => Float64Array.from(values));
const rates = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 9 }).map((values) => Float64Array.from(values).sort().reverse());

describe('the band of a curve', () => {
  it('has at each rate the figure that is computed alone, whichever resample comes next', () => {
    fc.assert(fc.property(fc.array(fc.tuple(scores, scores), { minLength: 1, maxLength: 3 }), rates, (sets, falling) => {
      const figures = curveFigures(falling);
      for (const [mated, nonMated] of sets) {
        const points = operatingPoints(sortScores({ mated, nonMated }));
        expect(figures.map((figure) => figure(points))).toEqual(Array.from(falling, (rate) => fnmrAtTarget(rate)(points)));
      }
    }));
  });
});
