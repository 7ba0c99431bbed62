import { describe, expect, it } from 'vitest';
import { compareTemplates } from '../evaluation/compare-templates.ts';
import { equalErrorRate } from '../evaluation/equal-error-rate.ts';
import { operatingPoints } from '../evaluation/error-rates.ts';
import { seededRandom } from '../evaluation/random.ts';
import { sortScores } from '../evaluation/score-set.ts';
import { finish } from '../evaluation/steps.ts';
import type { TemplateSet } from '../evaluation/template-set.ts';
import { attributePairs, countMatedPairs, scoreAllPairs } from './score-pairs.ts';
import { systemFigures } from './system-figures.ts';

/** So many subjects with so many templates each, mates nearer to each other the less noise there is. */
function templates(subjects: number, each: number, noise: number): TemplateSet {
  const random = seededRandom(7);
  const dimension = 8;
  const centres = Array.from({ length: subjects }, () => Array.from({ length: dimension }, () => random() - 0.5));
  const rows = centres.flatMap((centre) => Array.from({ length: each }, () => centre.map((value) => value + noise * (random() - 0.5))));
  return { embeddings: Float32Array.from(rows.flat()), dimension, subjects: Int32Array.from(rows, (_, row) => Math.floor(row / each)) };
}

const ascending = (scores: ArrayLike<number>): number[] => Array.from(scores).sort((one, other) => one - other);

describe('all pairs', () => {
  it('are the comparisons of the evaluation, each at its place', () => {
    const set = templates(6, 4, 1);
    const scores = scoreAllPairs(set);
    const attributed = attributePairs(scores, set.subjects);
    const expected = compareTemplates(set);
    expect(ascending(attributed.mated)).toEqual(ascending(expected.mated));
    expect(ascending(attributed.nonMated)).toEqual(ascending(expected.nonMated));
    expect(attributed.mated).toHaveLength(countMatedPairs(set.subjects));
    // Pair (0, 1) comes first, (22, 23) last.
    expect(attributed.mated[0]).toBe(scores[0]);
    expect(attributed.mated.at(-1)).toBe(scores.at(-1));
    expect([attributed.nonMatedFirst[0], attributed.nonMatedSecond[0]]).toEqual([0, 1]);
  });
});

describe('the figures of a system', () => {
  const figuresOf = (set: TemplateSet, development: TemplateSet | null = null) => {
    const attributed = (one: TemplateSet) => attributePairs(scoreAllPairs(one), one.subjects);
    return finish(systemFigures({ evaluated: attributed(set), development: development && operatingPoints(sortScores(attributed(development))), seed: 1 }));
  };

  it('are those of the evaluation room, with intervals around them', () => {
    const set = templates(12, 5, 1.2);
    const { eer, auc, dPrime, dPrimeLimits, curve, fnmrAtFmr } = figuresOf(set);
    const points = operatingPoints(sortScores(compareTemplates(set)));
    expect(eer.value).toBe(equalErrorRate(points).rate);
    expect(eer.low!).toBeLessThan(eer.value);
    expect(eer.high!).toBeGreaterThan(eer.value);
    expect(auc.low!).toBeLessThan(auc.high!);
    expect(dPrimeLimits!.low).toBeLessThan(dPrime!);
    expect(dPrimeLimits!.high).toBeGreaterThan(dPrime!);
    expect(curve.length).toBeLessThanOrEqual(300);
    expect(Math.min(...curve.map(({ fmr }) => fmr))).toBeGreaterThanOrEqual(1 / points.nonMatedCount);
    for (const { target, achieved, threshold } of fnmrAtFmr) if (threshold !== null) expect(achieved!).toBeLessThanOrEqual(target);
  });

  it('never claim that no error was seen means none is made', () => {
    const { eer, fnmrAtFmr } = figuresOf(templates(8, 5, 0.01));
    expect(eer).toEqual({ value: 0, low: 0, high: 3 / 80 });
    expect(fnmrAtFmr[0]!.fnmr).toEqual({ value: 0, low: 0, high: 3 / 80 });
  });

  it('stand without intervals where two subjects leave nothing to resample', () => {
    const set = templates(2, 2, 0.5);
    const { eer } = figuresOf(set);
    expect(eer.value).toBeGreaterThanOrEqual(0);
    expect(figuresOf({ ...set, subjects: Int32Array.of(0, 0, 1, 1) }).thresholds).toEqual([]);
  });

  it('judge a threshold on other people than it was chosen on', () => {
    const { thresholds } = figuresOf(templates(12, 5, 1), templates(10, 4, 1.4));
    const [tenth] = thresholds;
    expect(tenth).toMatchObject({ target: 0.1, refusal: null });
    expect(tenth!.developmentFmr!).toBeLessThanOrEqual(0.1);
    expect(tenth!.fmr!.value).not.toBe(tenth!.developmentFmr);
    expect(thresholds.at(-1)).toMatchObject({ target: 0.0001, threshold: null, refusal: expect.stringMatching(/of 1e-4 needs at least 10,000/) });
  });
});
