import { describe, expect, it } from 'vitest';
import { chooseThreshold } from './choose-threshold.ts';
import { operatingPoints } from './error-rates.ts';
import { judgeThreshold } from './judge-threshold.ts';
import { sortScores } from './score-set.ts';

const upTo = (count: number) => Float64Array.from({ length: count }, (_, index) => index);
const development = operatingPoints(sortScores({ mated: Float64Array.of(990, 999.5), nonMated: upTo(1000) }));

describe('choosing a threshold', () => {
  it('gives the threshold and what it achieves on development scores', () => {
    const choice = chooseThreshold(development, 0.05);
    expect(choice).toMatchObject({ kind: 'chosen', confidence: 'supported', development: { threshold: 950, achieved: 0.05, fnmr: 0 } });
  });

  it('says that support is weak below 30 / N', () => {
    expect(chooseThreshold(development, 0.002)).toMatchObject({ kind: 'chosen', confidence: 'weak' });
  });

  it('refuses what the scores cannot show, with the number that could', () => {
    const choice = chooseThreshold(development, 0.0001);
    expect(choice).toMatchObject({ kind: 'refused', nonMatedNeeded: 10_000, nonMatedCount: 1000 });
    expect(choice.kind === 'refused' && choice.reason).toMatch(/of 1e-4 needs at least 10,000 non-mated comparisons; there are 1,000/);
    expect(chooseThreshold(development, 0)).toMatchObject({ kind: 'refused', nonMatedNeeded: Infinity });
  });

  it('agrees with the judgement of the same threshold on the same scores', () => {
    const mated = Float64Array.of(3, 1, 4, 1, 5, 9, 2, 6);
    const nonMated = Float64Array.of(0, 5, 2, 1, 0, 3, 1, 4, 2, 0);
    const points = operatingPoints(sortScores({ mated, nonMated }));
    for (const target of [0.1, 0.2, 0.35, 0.5, 1]) {
      const choice = chooseThreshold(points, target);
      if (choice.kind === 'refused') throw new Error(choice.reason);
      const { threshold, achieved, fnmr } = choice.development;
      expect(judgeThreshold({ mated, nonMated }, threshold)).toMatchObject({ fmr: achieved, fnmr });
    }
  });
});
