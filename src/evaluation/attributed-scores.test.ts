import { describe, expect, it } from 'vitest';
import { rankSubjects } from './attributed-scores.ts';

describe('scores ranked with their subjects', () => {
  const scores = {
    mated: Float64Array.of(0.9, 0.5),
    matedSubjects: Int32Array.of(70, -3),
    nonMated: Float32Array.of(0.25, 0.125, 0.5),
    nonMatedFirst: Int32Array.of(70, 70, -3),
    nonMatedSecond: Int32Array.of(-3, 8, 8),
  };

  it('ascend together, subjects numbered from zero', () => {
    const ranked = rankSubjects(scores);
    expect([...ranked.scores.mated]).toEqual([0.5, 0.9]);
    expect([...ranked.mated]).toEqual([0, 1]); // -3, then 70
    expect([...ranked.scores.nonMated]).toEqual([0.125, 0.25, 0.5]);
    expect([...ranked.nonMatedFirst]).toEqual([1, 1, 0]);
    expect([...ranked.nonMatedSecond]).toEqual([2, 0, 2]);
    expect(ranked.subjectCount).toBe(3);
  });

  it('take labels that lie far apart', () => {
    const far = (subjects: Int32Array) => subjects.map((subject) => subject * 20_000_000);
    const { nonMatedFirst, nonMatedSecond, matedSubjects } = scores;
    const spread = { matedSubjects: far(matedSubjects), nonMatedFirst: far(nonMatedFirst), nonMatedSecond: far(nonMatedSecond) };
    const near = rankSubjects(scores);
    expect(rankSubjects({ ...scores, ...spread })).toEqual({ ...near, labels: far(near.labels) });
    expect([...near.labels]).toEqual([-3, 70, 8]);
  });

  it('are refused when a column is too short', () => {
    expect(() => rankSubjects({ ...scores, nonMatedSecond: Int32Array.of(1) })).toThrow(/nonMatedSecond holds 1 subjects for 3/);
  });
});
