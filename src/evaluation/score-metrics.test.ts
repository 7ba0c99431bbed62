/*
 * Golden values on the scores of golden-scores.test.ts, which have ties. auc: sklearn 1.9.1 roc_auc_score; fvcEer,
 * zeroFmr, zeroFnmr: pyeer 0.5.6 get_eer_stats(mated, nonMated).eer, .fmr0, .fnmr0 (its decidability uses population
 * variances, so d' is numpy's with ddof=1); eer and fnmrAtFmr: Python Fractions over every distinct score, 9/40 exactly;
 * costs: numpy over sklearn's roc_curve.
 */
import { describe, expect, it } from 'vitest';
import { bootstrapIntervals } from './bootstrap.ts';
import { seededRandom } from './random.ts';
import { equalErrorFigure } from './resampled-figures.ts';
import { DEFAULT_COSTS, DEFAULT_TARGETS, scoreMetrics, scoreMetricsSteps } from './score-metrics.ts';

const mated = Float64Array.of(
  0.6, 0.7, 0.5, 0.4, 0.5, 0.4, 0.6, 0.9, 0.5, 0.5, 0.7, 0.7, 0.6, 0.4, 0.6, 0.7, 0.3, 0.5, 0.2, 0.3,
);
const nonMated = Float64Array.of(
  -0.1, 0.3, 0.0, 0.4, 0.3, 0.3, -0.2, 0.2, 0.3, 0.3, -0.0, 0.2, 0.1, 0.1, 0.5, 0.1, 0.3, 0.5, 0.2, 0.3, 0.3, 0.3, 0.1,
  0.3, 0.6, -0.0, 0.5, 0.3, 0.2, 0.7, 0.5, 0.1, 0.3, 0.4, 0.3, 0.4, 0.3, 0.4, 0.6, 0.2,
);
const plan = { targets: DEFAULT_TARGETS, costs: DEFAULT_COSTS };
const plain = (m: Float64Array, n: Float64Array) => scoreMetrics({ scores: { mated: m, nonMated: n }, attributed: undefined }, plan);
const of = (...scores: number[]) => Float64Array.from(scores);

describe('the metrics of a score file', () => {
  it('equal scikit-learn, pyeer and exact arithmetic to 1e-9, ties included', () => {
    const metrics = plain(mated, nonMated);
    const expected = {
      eer: 9 / 40, fvcEer: 0.2125, auc: 0.843125, dPrime: 1.4235105479089514, zeroFmr: 0.95, zeroFnmr: 0.75, fmr100: 0.95,
      minimumCost: 0.95, actualCost: 1, cllr: 0.944287525127793, minimumCllr: 0.6677225856368376,
    };
    for (const [name, value] of Object.entries(expected)) {
      expect(metrics[name as keyof typeof expected], name).toBeCloseTo(value, 12);
    }
    expect(metrics.fnmrAtFmr).toEqual([
      { target: 0.1, achieved: 0.075, threshold: 0.6, fnmr: 0.55, support: 'weak' },
      { target: 0.01, achieved: 0, threshold: 0.9, fnmr: 0.95, support: 'unsupported' },
      { target: 0.001, achieved: 0, threshold: 0.9, fnmr: 0.95, support: 'unsupported' },
      { target: 0.0001, achieved: 0, threshold: 0.9, fnmr: 0.95, support: 'unsupported' },
    ]);
    expect(metrics).toMatchObject({ matedCount: 20, nonMatedCount: 40, subjectCount: null, confidence: null });
  });

  it('have intervals where subjects are known', () => {
    const subjects = (count: number, step: number) => Int32Array.from({ length: count }, (_, at) => (at * step) % 10);
    const attributed = { mated, matedSubjects: subjects(20, 1), nonMated, nonMatedFirst: subjects(40, 1), nonMatedSecond: subjects(40, 3) };
    const bootstrap = () => ({ replicates: 100, confidence: 0.95, random: seededRandom(1) });
    const metrics = scoreMetrics({ scores: attributed, attributed }, { ...plan, bootstrap: bootstrap() });
    const { eer } = bootstrapIntervals(attributed, { eer: equalErrorFigure }, bootstrap());
    expect(metrics.eer).toEqual({ value: eer.estimate, low: eer.lower, high: eer.upper });
    expect(metrics).toMatchObject({ subjectCount: 10, confidence: 0.95, zeroFmr: 0.95 });
    expect(metrics.fnmrAtFmr).toMatchObject([{ target: 0.1, fnmr: { value: 0.55 } }, {}, {}, {}]);
    const { fvcEer, minimumCost, actualCost, cllr, minimumCllr } = metrics;
    expect({ fvcEer, minimumCost, actualCost, cllr, minimumCllr }).toMatchObject({
      fvcEer: { value: expect.closeTo(0.2125, 12) }, minimumCost: { value: 0.95 }, actualCost: 1,
      cllr: { value: expect.closeTo(0.944287525127793, 12) }, minimumCllr: { value: expect.closeTo(0.6677225856368376, 12) },
    });
    for (const { value, low, high } of [fvcEer, minimumCost, cllr, minimumCllr] as { value: number; low: number; high: number }[]) {
      expect(low).toBeLessThan(high);
      expect(low).toBeLessThanOrEqual(value);
      expect(high).toBeGreaterThanOrEqual(value);
    }
    expect(metrics.dPrime).toMatchObject({ value: expect.closeTo(1.4235105479089514, 12) });
    const steps = scoreMetricsSteps({ scores: attributed, attributed }, { ...plan, bootstrap: bootstrap() });
    expect(steps.next().value).toEqual({ done: 0, total: 100 });
  });

  it('reach up to what no error proves where none was seen', () => {
    const column = (count: number) => Int32Array.from({ length: count }, (_, at) => at % 6);
    const attributed = {
      mated: Float64Array.from({ length: 60 }, (_, at) => 5 + (at % 7)), matedSubjects: column(60),
      nonMated: Float64Array.from({ length: 60 }, (_, at) => at % 3), nonMatedFirst: column(60), nonMatedSecond: column(60).map((subject) => (subject + 1) % 6),
    };
    const { eer, fmr100, minimumCost } = scoreMetrics({ scores: attributed, attributed }, { ...plan, bootstrap: { replicates: 20, confidence: 0.95, random: seededRandom(1) } });
    expect([eer, fmr100]).toEqual([{ value: 0, low: 0, high: 3 / 60 }, { value: 0, low: 0, high: 3 / 60 }]);
    expect(minimumCost, 'no resample has another').toBe(0);
  });

  it("have the limits of a negative d' below nothing, as of distances taken for scores", () => {
    const subjects = (count: number) => Int32Array.from({ length: count }, (_, at) => at % 8);
    const attributed = {
      mated: Float64Array.from({ length: 40 }, (_, at) => (at * 7) % 11), matedSubjects: subjects(40),
      nonMated: Float64Array.from({ length: 80 }, (_, at) => 20 + ((at * 5) % 13)), nonMatedFirst: subjects(80), nonMatedSecond: subjects(80).map((subject) => (subject + 3) % 8),
    };
    const { dPrime } = scoreMetrics({ scores: attributed, attributed }, { ...plan, bootstrap: { replicates: 50, confidence: 0.95, random: seededRandom(1) } });
    const { value, low, high } = dPrime as { value: number; low: number; high: number };
    expect(low).toBeLessThan(value);
    expect(high).toBeGreaterThan(value);
    expect(high).toBeLessThan(-1);
  });

  it('stand without intervals where one subject is all there is', () => {
    const attributed = { mated: of(1, 2), matedSubjects: Int32Array.of(1, 1), nonMated: of(0), nonMatedFirst: Int32Array.of(1), nonMatedSecond: Int32Array.of(1) };
    const bootstrap = { replicates: 10, confidence: 0.95, random: seededRandom(1) };
    expect(scoreMetrics({ scores: attributed, attributed }, { ...plan, bootstrap })).toMatchObject({ eer: 0, auc: 1, subjectCount: 1, confidence: null });
  });

  it('of constant scores are those of chance, and no d-prime', () => {
    const metrics = plain(of(1, 1), of(1, 1, 1));
    expect(metrics).toMatchObject({ eer: 0.5, auc: 0.5, zeroFmr: 1, zeroFnmr: 1, minimumCllr: 1, minimumCost: 1 });
    expect(metrics.dPrime).toMatchObject({ error: { code: 'no-spread' } });
  });

  it('of one kind of score are typed errors, one a figure', () => {
    const onlyMated = plain(of(1, 2), of());
    for (const name of ['eer', 'auc', 'dPrime', 'fnmrAtFmr', 'minimumCost', 'cllr', 'minimumCllr'] as const) {
      expect(onlyMated[name], name).toMatchObject({ error: { code: 'no-non-mated-scores' } });
    }
    expect(plain(of(), of(1)).eer).toMatchObject({ error: { code: 'no-mated-scores' } });
    expect(JSON.parse(JSON.stringify(onlyMated))).toEqual(onlyMated);
  });

  it('count failures, which have rates but no mean', () => {
    const metrics = plain(of(3, -Infinity), of(1, 2));
    expect(metrics).toMatchObject({ failures: { mated: 1, nonMated: 0 }, zeroFmr: 0.5, auc: 0.5 });
    expect(metrics.dPrime).toMatchObject({ error: { code: 'score-out-of-range' } });
    expect(metrics.cllr).toMatchObject({ error: { code: 'score-out-of-range' } });
  });

  it('are refused altogether where a score is not a number or the plan makes no sense', () => {
    expect(() => plain(of(NaN), of(1))).toThrow(/not a number/);
    expect(() => plain(of(Infinity), of(1))).toThrow(/must be finite/);
    const wrong = { ...plan, targets: [2] };
    expect(() => scoreMetrics({ scores: { mated, nonMated }, attributed: undefined }, wrong)).toThrow(/lies in/);
  });
});
