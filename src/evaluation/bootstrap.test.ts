import { describe, expect, it } from 'vitest';
import type { AttributedScores } from './attributed-scores.ts';
import type { OperatingPoints } from './error-rates.ts';
import { bootstrapIntervals, bootstrapSteps } from './bootstrap.ts';
import { operatingPoint } from './error-rates.ts';
import { randomInteger, seededRandom } from './random.ts';
import { equalErrorFigure, fmrAtThreshold, fnmrAtTarget, fnmrAtThreshold } from './resampled-figures.ts';
import { drawPopulation } from './test-support/population.ts';

const simulated = (subjects: number, share: number, seed: number): AttributedScores => drawPopulation({ subjects, share, matedEach: 6 }, seed);

const tiny: AttributedScores = {
  mated: Float64Array.of(2, 5, 1, 4, 6),
  matedSubjects: Int32Array.of(10, 10, 20, 30, 50),
  nonMated: Float64Array.of(1, 3, 4, 0, 2),
  nonMatedFirst: Int32Array.of(10, 10, 20, 20, 30),
  nonMatedSecond: Int32Array.of(20, 30, 30, 20, 40),
};

describe('the bootstrap over subjects', () => {
  it('weighs mated scores w_i and non-mated ones w_i w_j, as literal repetition does', () => {
    const seen: OperatingPoints[] = [];
    const keep = (points: OperatingPoints) => {
      seen.push({ ...points, falseMatches: points.falseMatches.slice(), falseNonMatches: points.falseNonMatches.slice() });
      return 0;
    };
    const { keep: result } = bootstrapIntervals(tiny, { keep }, { replicates: 50, confidence: 0.9, random: seededRandom(5) });
    const random = seededRandom(5);
    const labels = [20, 10, 30, 50, 40]; // numbered as the ascending mated, then non-mated scores name them
    const expected: unknown[] = [];
    for (let replicate = 0; replicate < 50; replicate++) {
      const weights = new Map(labels.map((label) => [label, 0]));
      for (let draw = 0; draw < 5; draw++) {
        const label = labels[randomInteger(random, 5)]!;
        weights.set(label, weights.get(label)! + 1);
      }
      const mated = [...tiny.mated].flatMap((s, i) => Array<number>(weights.get(tiny.matedSubjects[i]!)!).fill(s));
      const nonMated = [...tiny.nonMated].flatMap((s, i) => {
        const [a, b] = [tiny.nonMatedFirst[i]!, tiny.nonMatedSecond[i]!];
        return Array<number>(a === b ? weights.get(a)! : weights.get(a)! * weights.get(b)!).fill(s);
      });
      if (mated.length === 0 || nonMated.length === 0) continue;
      expected.push(
        [0, 1, 2, 3, 4, 5, 6].map((t) => ({
          fmr: nonMated.filter((s) => s >= t).length / nonMated.length,
          fnmr: mated.filter((s) => s < t).length / mated.length,
        })),
      );
    }
    // After the scores themselves: each is followed by the one whose mated scores alone are resampled.
    const resampled = seen.slice(1, 1 + 2 * expected.length).filter((_, at) => at % 2 === 0);
    expect(result.replicates + result.discarded).toBe(50);
    resampled.forEach((points, at) => {
      const rows = [0, 1, 2, 3, 4, 5, 6].map((index) => operatingPoint(points, index));
      expect(rows.map(({ fmr, fnmr }) => ({ fmr, fnmr }))).toEqual(expected[at]);
    });
  });

  it('goes beyond the estimate where few subjects make all errors', () => {
    for (let seed = 0; seed < 12; seed++) {
      const { rare } = bootstrapIntervals(simulated(30, 0.1, seed), { rare: fmrAtThreshold(2.5) }, { replicates: 200, confidence: 0.95, random: seededRandom(seed) });
      if (rare.estimate > 0) expect(rare.upper).toBeGreaterThan(rare.estimate);
    }
  });

  it('repeats for the same seed, reports its progress and keeps lower <= upper', () => {
    const scores = simulated(20, 0.3, 1);
    const figures = { eer: equalErrorFigure, fnmr: fnmrAtTarget(0.01), fmr: fmrAtThreshold(1), miss: fnmrAtThreshold(2) };
    const run = () => bootstrapIntervals(scores, figures, { replicates: 100, confidence: 0.95, random: seededRandom(9) });
    expect(run()).toEqual(run());
    for (const { lower, upper, estimate } of Object.values(run())) {
      expect(lower).toBeLessThanOrEqual(estimate);
      expect(estimate).toBeLessThanOrEqual(upper);
    }
    const steps = bootstrapSteps(scores, figures, { replicates: 25, confidence: 0.95, random: seededRandom(9) });
    expect(steps.next().value).toEqual({ done: 0, total: 25 });
    expect(steps.next().value).toEqual({ done: 10, total: 25 });
  });

  it('widens when scores of a subject go together', () => {
    const widths = [0, 0.6].map((share) => {
      const plan = { replicates: 300, confidence: 0.9, random: seededRandom(2) };
      const figures = { fmr: fmrAtThreshold(1), fnmr: fnmrAtThreshold(2) };
      const { fmr, fnmr } = bootstrapIntervals(simulated(40, share, 8), figures, plan);
      return { fmr: fmr.upper - fmr.lower, fnmr: fnmr.upper - fnmr.lower };
    });
    expect(widths[1]!.fmr).toBeGreaterThan(1.5 * widths[0]!.fmr);
    expect(widths[1]!.fnmr).toBeGreaterThan(1.3 * widths[0]!.fnmr);
  });

  it('is refused for a handful of subjects, for unusable resamples and for a plan that makes no sense', () => {
    const plan = { replicates: 5, confidence: 0.9, random: seededRandom(1) };
    expect(() => bootstrapIntervals(simulated(4, 0, 1), {}, plan)).toThrow(/at least 5 of them; there are 4/);
    const sameDraw = { ...plan, random: () => 0 };
    expect(() => bootstrapIntervals(simulated(5, 0, 1), { equalErrorFigure }, sameDraw)).toThrow(/No resample/);
    expect(() => bootstrapIntervals(tiny, {}, { ...plan, replicates: 0 })).toThrow(/replicates/);
    expect(() => bootstrapIntervals(tiny, {}, { ...plan, confidence: 95 })).toThrow(/confidence/);
  });
});
