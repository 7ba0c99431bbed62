import { describe, expect, it } from 'vitest';
import type { AttributedScores } from './attributed-scores.ts';
import { bootstrapIntervals } from './bootstrap.ts';
import { normalDeviate } from './normal-deviate.ts';
import { pairedBootstrap, pairedBootstrapSteps } from './paired-bootstrap.ts';
import { seededRandom, shuffled } from './random.ts';
import { areaFigure, equalErrorFigure, fnmrAtThreshold } from './resampled-figures.ts';

const subjects = 30;
const random = seededRandom(12);
const normal = () => normalDeviate(Math.max(random(), 1e-12));
const own = Array.from({ length: subjects }, normal);

/** Two systems see the same people with the same troubles; `gain` is what a system sees better. */
function system(gain: number): AttributedScores {
  const matedSubjects = own.flatMap((_, i) => [i, i, i, i]);
  const pairs = own.flatMap((_, i) => own.slice(i + 1).map((__, k) => [i, i + 1 + k] as const));
  return {
    mated: Float64Array.from(matedSubjects, (i) => 2 + gain + own[i]! + 0.3 * normal()),
    matedSubjects: Int32Array.from(matedSubjects),
    nonMated: Float64Array.from(pairs, ([i, j]) => 0.5 * (own[i]! + own[j]!) + 0.3 * normal()),
    nonMatedFirst: Int32Array.from(pairs, ([i]) => i),
    nonMatedSecond: Int32Array.from(pairs, ([, j]) => j),
  };
}

const plan = () => ({ replicates: 200, confidence: 0.95, random: seededRandom(3) });
const figures = { eer: { figure: equalErrorFigure, better: 'lower' }, area: { figure: areaFigure, better: 'higher' } } as const;

describe('the paired bootstrap', () => {
  const a = system(0.8);
  const b = system(0);

  it('tells the better of two systems where their own intervals overlap', () => {
    const compared = pairedBootstrap({ a, b }, figures, plan());
    expect(compared.eer.verdict).toBe('a-better');
    expect(compared.area.verdict).toBe('a-better');
    expect(pairedBootstrap({ a: b, b: a }, figures, plan()).eer.verdict).toBe('b-better');
    const alone = [a, b].map((scores) => bootstrapIntervals(scores, { eer: equalErrorFigure }, plan()).eer);
    expect(alone[0]!.upper).toBeGreaterThan(alone[1]!.lower);
    expect(compared.eer.difference.estimate).toBe(alone[0]!.estimate - alone[1]!.estimate);
  });

  it('finds a system no better than itself, whatever the order of its scores', () => {
    const order = shuffled([...a.mated.keys()], seededRandom(1));
    const moved = { ...a, mated: Float64Array.from(order, (at) => a.mated[at]!), matedSubjects: Int32Array.from(order, (at) => a.matedSubjects[at]!) };
    const { difference, verdict } = pairedBootstrap({ a, b: moved }, figures, plan()).eer;
    expect(difference).toMatchObject({ estimate: 0, lower: 0, upper: 0, subjects });
    expect(verdict).toBe('undecided');
  });

  it('draws the same subjects for both, as two bootstraps of one seed do', () => {
    const figure = { miss: { figure: fnmrAtThreshold(2), better: 'lower' } } as const;
    const shifted = { ...a, mated: a.mated.map((score) => score - 0.1) };
    const { difference } = pairedBootstrap({ a, b: shifted }, figure, plan()).miss;
    expect(difference.upper).toBeLessThanOrEqual(0); // never better in any resample: unpaired draws would be
  });

  it('wants the same people and shows its progress', () => {
    const other = { ...b, matedSubjects: b.matedSubjects.map((subject) => (subject === 0 ? 99 : subject)) };
    expect(() => pairedBootstrap({ a, b: other }, figures, plan())).toThrow(/Subject 99 is in the scores of one system/);
    expect(() => pairedBootstrap({ a: other, b }, figures, plan())).toThrow(/Subject 99 is in the scores of one system/);
    expect(pairedBootstrapSteps({ a, b }, figures, plan()).next().value).toEqual({ done: 0, total: 200 });
  });
});
