import { describe, expect, it } from 'vitest';
import { calibrationFigures } from './calibration-figures.ts';
import { normalDeviate } from './normal-deviate.ts';
import { seededRandom } from './random.ts';
import { DEFAULT_COSTS } from './score-metrics.ts';
import type { ScoreSet } from './score-set.ts';

/** Normal scores of unit variance about +1 and -1: their true log-likelihood ratio is 2 s. Here they are told as s / 10. */
function draw(count: number, seed: number): ScoreSet {
  const random = seededRandom(seed);
  const column = (mean: number): Float64Array => Float64Array.from({ length: count }, () => (mean + normalDeviate(Math.max(random(), 1e-12))) / 10);
  return { mated: column(1), nonMated: column(-1) };
}

describe('calibration on development scores, judged on others', () => {
  it('finds the true log-likelihood ratio, and brings Cllr near its minimum, which it leaves as it is', () => {
    const { before, maps, fittedOn } = calibrationFigures(draw(4000, 1), draw(4000, 2), DEFAULT_COSTS);
    const [logistic, isotonic] = maps;
    expect(fittedOn).toEqual({ mated: 4000, nonMated: 4000 });
    expect(logistic!.scale! / 20).toBeCloseTo(1, 1);
    expect(logistic!.offset!).toBeCloseTo(0, 0);
    expect(before.cllr!).toBeGreaterThan(0.85);
    for (const { after } of [logistic!, isotonic!]) expect(after!.cllr! - before.minimumCllr).toBeLessThan(0.02);
    expect(logistic!.after!.minimumCllr).toBeCloseTo(before.minimumCllr, 12);
    expect(logistic!.after!.minimumCost).toBeCloseTo(before.minimumCost, 12);
    expect(before.actualCost).toBe(1); // no score of 0.4 at most reaches the Bayes threshold: everybody is rejected
    // At ln(99) / 2 = 2.30 the true map rejects 0.903 of the mated and accepts 0.00049 of the non-mated scores: 0.903 + 99 * 0.00049.
    expect(logistic!.after!.actualCost).toBeCloseTo(0.951, 1);
  });

  it('says where a map does not exist, and that a failure to acquire makes Cllr infinite', () => {
    const flat = { mated: Float64Array.of(1, 1), nonMated: Float64Array.of(1, 1) };
    expect(calibrationFigures(flat, draw(10, 3), DEFAULT_COSTS).maps[0]).toMatchObject({ kind: 'logistic', after: null, refusal: expect.stringMatching(/equal/) });
    const failing = { mated: Float64Array.of(-Infinity, 0.3), nonMated: Float64Array.of(-0.2, 0.1) };
    const { before, maps } = calibrationFigures(draw(100, 4), failing, DEFAULT_COSTS);
    expect([before.cllr, maps[0]!.after!.cllr]).toEqual([null, null]);
    expect(calibrationFigures(failing, draw(100, 4), DEFAULT_COSTS).fittedOn).toEqual({ mated: 1, nonMated: 2 });
  });
});
