import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allPairsRoc, allPairsRocSteps } from './all-pairs-roc.ts';
import { areaUnderCurve } from './area-under-curve.ts';
import { compareTemplates } from './compare-templates.ts';
import { equalErrorRate } from './equal-error-rate.ts';
import { operatingPoint, operatingPoints } from './error-rates.ts';
import { fnmrAtFmr } from './fnmr-at-fmr.ts';
import { randomInteger, seededRandom } from './random.ts';
import { sortScores } from './score-set.ts';
import { cosineTiles } from './score-tiles.ts';

const targets = [0, 0.001, 0.01, 0.1, 0.5, 1];

/** Templates on a grid of `steps` values a coordinate: few make ties, many make none. */
function someTemplates(seed: number, steps: number, count: number) {
  const random = seededRandom(seed);
  const subjects = Int32Array.from({ length: count }, (_, at) => (at < 3 ? at >> 1 : randomInteger(random, 6)));
  const centers = Array.from({ length: 6 * 3 }, () => random() - 0.5);
  const embeddings = Float32Array.from({ length: count * 3 }, (_, at) => {
    const center = centers[subjects[Math.floor(at / 3)]! * 3 + (at % 3)]!;
    return (Math.round((center + 0.7 * (random() - 0.5)) * steps) + 0.25) / steps;
  });
  return { embeddings, dimension: 3, subjects };
}

describe('the ROC of all pairs, counted without keeping them', () => {
  it('gives the EER, the FNMRs and the area of all scores, and true points only', () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom(1, 2, 5, 1e6), fc.integer({ min: 3, max: 60 }), (seed, steps, count) => {
        const templates = someTemplates(seed, steps, count);
        const all = operatingPoints(sortScores(compareTemplates(templates)));
        const { points, area } = allPairsRoc(cosineTiles(templates), targets);
        expect(equalErrorRate(points)).toEqual(equalErrorRate(all));
        for (const target of targets) expect(fnmrAtFmr(points, target)).toEqual(fnmrAtFmr(all, target));
        expect(area).toBe(areaUnderCurve(all));
        const known = new Set(Array.from(all.thresholds, (_, at) => JSON.stringify(operatingPoint(all, at))));
        points.thresholds.forEach((_, at) => expect(known).toContain(JSON.stringify(operatingPoint(points, at))));
        expect(points.thresholds.length).toBeLessThanOrEqual(all.thresholds.length);
      }),
      { numRuns: 40 },
    );
  });

  it('thins where scores crowd and no figure looks', () => {
    const random = seededRandom(2);
    const count = 300;
    // Directions in a half plane: their cosines crowd at 1, far from where half of the non-mated scores lie above.
    const angles = Array.from({ length: count }, () => Math.PI * random());
    const embeddings = Float32Array.from({ length: count * 2 }, (_, at) => (at % 2 === 0 ? Math.cos : Math.sin)(angles[at >> 1]!));
    const templates = { embeddings, dimension: 2, subjects: Int32Array.from({ length: count }, (_, at) => at % 50) };
    const all = operatingPoints(sortScores(compareTemplates(templates)));
    const { points } = allPairsRoc(cosineTiles(templates), [0.5]);
    expect(points.thresholds.length).toBeLessThan(all.thresholds.length - 200);
    expect(equalErrorRate(points)).toEqual(equalErrorRate(all));
    expect(fnmrAtFmr(points, 0.5)).toEqual(fnmrAtFmr(all, 0.5));
  });

  it('takes the tiles of somebody else, in float32', () => {
    const scores = Float32Array.of(0, 0.5, 0.25, 0, 0, 0.75, 0, 0, 0);
    const tiles = { subjects: Int32Array.of(7, 7, 8), walk: () => [{ top: 0, left: 0, height: 3, width: 3, scores }] };
    const { points, area } = allPairsRoc(tiles, []);
    expect([...points.thresholds].slice(0, 3)).toEqual([0.25, 0.5, 0.75]);
    expect(area).toBe(0.5);
  });

  it('does not exist for one subject, for lone templates or for a score that is not a number', () => {
    const alone = (...subjects: number[]) => ({ embeddings: new Float32Array(subjects.length).fill(1), dimension: 1, subjects: Int32Array.from(subjects) });
    expect(() => allPairsRoc(cosineTiles(alone(1, 1)), [])).toThrow(/one subject only/);
    expect(() => allPairsRoc(cosineTiles(alone(1, 2)), [])).toThrow(/no mated pair/);
    const walk = () => [{ top: 0, left: 0, height: 2, width: 2, scores: new Float64Array(4).fill(NaN) }];
    expect(() => allPairsRoc({ subjects: Int32Array.of(1, 2), walk }, [])).toThrow(/not a number/);
  });

  it('shows its progress over both walks', () => {
    const templates = { embeddings: new Float32Array(1600).fill(1), dimension: 1, subjects: Int32Array.from({ length: 1600 }, (_, at) => at >> 1) };
    const steps = [...allPairsRocSteps(cosineTiles(templates), [])];
    expect(steps.length).toBeGreaterThanOrEqual(2);
    expect(steps.at(-1)!.done).toBeGreaterThan(steps[0]!.total / 2);
    expect(steps[0]!.total).toBe(1600 * 1599);
  });
});
