import { describe, expect, it } from 'vitest';
import { operatingPoints } from './error-rates.ts';
import { randomInteger, seededRandom } from './random.ts';
import { matedRanks, twiceWinsOfSubjects, weightedWalk } from './weighted-walk.ts';

const SUBJECTS = 5;
const random = seededRandom(7);
// More than two stretches, with many ties.
const nonMated = Float64Array.from({ length: 70_001 }, () => randomInteger(random, 40)).sort();
const mated = Float64Array.from({ length: 300 }, () => 5 + randomInteger(random, 45)).sort();
const column = (length: number, below: number): Uint32Array => Uint32Array.from({ length }, () => randomInteger(random, below));
const pairs = { first: column(nonMated.length, SUBJECTS), partners: column(nonMated.length, SUBJECTS + 1), scores: nonMated };
const subjects = column(mated.length, SUBJECTS);
const ranks = matedRanks(subjects, operatingPoints({ order: 'ascending', mated, nonMated }));

describe('the walk over the comparisons of a resample', () => {
  it('sums up the weights below each block and the wins, stretch by stretch', () => {
    const weights = { mated: Int32Array.of(0, 1, 3, 2, 0), pair: Float64Array.of(0, 1, 3, 2, 0, 1), added: 1 as const };
    const weightOf = (at: number): number => weights.pair[pairs.first[at]!]! * weights.pair[pairs.partners[at]!]! + 1;
    const ends = Uint32Array.of(0, 10, 32_768, 50_000, 70_001);
    const result = new Float64Array(ends.length + 1);
    const wins = weightedWalk(pairs, weights, { ends, result, mated: ranks });
    const all = [...nonMated.keys()];
    expect([...result]).toEqual([0, ...[...ends].map((end) => all.slice(0, end).reduce((sum, at) => sum + weightOf(at), 0))]);
    const twice = (score: number): number => all.reduce((sum, at) => sum + weightOf(at) * (Math.sign(score - nonMated[at]!) + 1), 0);
    const memo = new Map([...new Set(mated)].map((score) => [score, twice(score)]));
    expect(wins).toBe([...mated].reduce((sum, score, at) => sum + weights.mated[subjects[at]!]! * memo.get(score)!, 0));
    expect(weightedWalk(pairs, weights, { ends, result, mated: undefined })).toBe(0);
  });

  it('knows the wins of each subject over the non-mated scores as they are', () => {
    const literal = new Float64Array(SUBJECTS);
    mated.forEach((score, at) => nonMated.forEach((other) => (literal[subjects[at]!]! += Math.sign(score - other) + 1)));
    expect([...twiceWinsOfSubjects(ranks, SUBJECTS)]).toEqual([...literal]);
  });
});
