import { describe, expect, it } from 'vitest';
import { zooOf } from './zoo.ts';

/** Eight subjects with set means: mated score m[i], and every non-mated score the sum of both subjects' levels. */
const matedLevels = [9, 9, 1, 1, 5, 5, 5, 5];
const nonMatedLevels = [0, 40, 40, 0, 20, 20, 20, 20];
const pairs = matedLevels.flatMap((_, i) => matedLevels.slice(i + 1).map((__, k) => [i, i + 1 + k] as const));
const scores = {
  mated: Float64Array.from(matedLevels.flatMap((level) => [level - 0.5, level + 0.5])),
  matedSubjects: Int32Array.from(matedLevels.flatMap((_, i) => [i + 100, i + 100])),
  nonMated: Float64Array.from(pairs, ([i, j]) => nonMatedLevels[i]! + nonMatedLevels[j]!),
  nonMatedFirst: Int32Array.from(pairs, ([i]) => i + 100),
  nonMatedSecond: Int32Array.from(pairs, ([, j]) => j + 100),
};

describe('the zoo', () => {
  const zoo = zooOf(scores);

  it('places each subject at the means of its own scores, literally', () => {
    for (const { subject, matedMean, nonMatedMean, matedCount, nonMatedCount } of zoo.subjects) {
      const i = subject - 100;
      const own = [...scores.nonMated].filter((_, at) => pairs[at]!.some((member) => member === i));
      expect(matedMean).toBe(matedLevels[i]);
      expect(nonMatedMean).toBe(own.reduce((a, b) => a + b, 0) / own.length);
      expect([matedCount, nonMatedCount]).toEqual([2, 7]);
    }
    expect(zoo.matedQuartiles).toEqual([4, 6]);
  });

  it('names the four corners', () => {
    expect(zoo.subjects.map(({ animal }) => animal).slice(0, 5)).toEqual(['dove', 'chameleon', 'worm', 'phantom', undefined]);
    expect(Object.values(zoo.counts).map(({ count }) => count)).toEqual([1, 1, 1, 1]);
    // One or more of 8 in a corner of 2 by 2: 1 - C(6, 2) / C(8, 2).
    expect(zoo.counts.dove.chance).toBeCloseTo(1 - 15 / 28, 13);
  });

  it('lists those without a place, and names nobody when all are alike', () => {
    const alone = { ...scores, nonMatedSecond: scores.nonMatedSecond.map((s) => (s === 107 ? 200 : s)), matedSubjects: scores.matedSubjects };
    expect(zooOf(alone).unplaced).toEqual([107, 200]);
    const alike = zooOf({ ...scores, mated: scores.mated.map(() => 1), nonMated: scores.nonMated.map(() => 0) });
    expect(alike.subjects.every(({ animal }) => animal === undefined)).toBe(true);
    expect(alike.counts.worm).toEqual({ count: 0, chance: 1 });
  });

  it('counts two fingers of one person once', () => {
    const own = { mated: Float64Array.of(5), matedSubjects: Int32Array.of(1), nonMated: Float64Array.of(2, 4) };
    const zooOfOne = zooOf({ ...own, nonMatedFirst: Int32Array.of(1, 1), nonMatedSecond: Int32Array.of(1, 2) });
    expect(zooOfOne.subjects).toMatchObject([{ subject: 1, nonMatedMean: 3, nonMatedCount: 2 }]);
  });

  it('has failures in no mean, and counts them', () => {
    const failed = zooOf({ ...scores, mated: Float64Array.of(-Infinity, ...scores.mated), matedSubjects: Int32Array.of(scores.matedSubjects[0]!, ...scores.matedSubjects) });
    expect(failed).toEqual({ ...zoo, failures: 1 });
    expect(zoo.failures).toBe(0);
  });

  it('does not exist where nobody has both kinds', () => {
    expect(() => zooOf({ ...scores, mated: scores.mated.map(() => -Infinity) })).toThrow(/zoo is empty/);
    expect(() => zooOf({ ...scores, matedSubjects: scores.matedSubjects.map(() => 7) })).toThrow(/zoo is empty/);
  });
});
