import { describe, expect, it } from 'vitest';
import type { GroupedScores } from './group-slices.ts';
import { groupSlices, groupSlicesSteps } from './group-slices.ts';
import { randomInteger, seededRandom } from './random.ts';
import { subjectLimits } from './subject-limits.ts';

const random = seededRandom(44);
const subjects = 12;
const groupOf = (subject: number) => (subject === 11 ? -1 : subject % 3);
const column = (count: number) => Int32Array.from({ length: count }, () => 100 + randomInteger(random, subjects));
const scores = {
  mated: Float64Array.from({ length: 80 }, () => randomInteger(random, 10) + 3),
  matedSubjects: column(80),
  nonMated: Float64Array.from({ length: 200 }, () => randomInteger(random, 10)),
  nonMatedFirst: column(200),
  nonMatedSecond: column(200),
};
const grouped: GroupedScores = {
  scores,
  groups: ['red', 'green', 'blue'],
  matedGroups: scores.matedSubjects.map((s) => groupOf(s - 100)),
  nonMatedFirstGroups: scores.nonMatedFirst.map((s) => groupOf(s - 100)),
  nonMatedSecondGroups: scores.nonMatedSecond.map((s) => groupOf(s - 100)),
};
const plan = (replicates = 60) => ({
  threshold: 6,
  minimumComparisons: 5,
  minimumSubjects: 2,
  bootstrap: { replicates, confidence: 0.9, random: seededRandom(5) },
});

/** Rates of each slice under weights, comparison by comparison. */
function literal(weigh: (label: number) => number) {
  const rate = (rows: readonly { weight: number; isError: boolean }[]) => {
    const sum = (some: typeof rows) => some.reduce((total, { weight }) => total + weight, 0);
    return sum(rows.filter(({ isError }) => isError)) / sum(rows);
  };
  const rows = [...scores.nonMated].map((score, at) => {
    const [a, b] = [scores.nonMatedFirst[at]!, scores.nonMatedSecond[at]!];
    const pair = [groupOf(a - 100), groupOf(b - 100)].sort().join();
    return { pair, isError: score >= 6, weight: a === b ? weigh(a) : weigh(a) * weigh(b) };
  });
  return {
    fnmr: [0, 1, 2].map((group) =>
      rate(
        [...scores.mated]
          .map((score, at) => ({ isError: score < 6, label: scores.matedSubjects[at]! }))
          .filter(({ label }) => groupOf(label - 100) === group)
          .map(({ isError, label }) => ({ isError, weight: weigh(label) })),
      ),
    ),
    fmr: [0, 1, 2].map((a) => [0, 1, 2].map((b) => rate(rows.filter(({ pair }) => pair === [a, b].sort().join())))),
  };
}

describe('slices by group', () => {
  const slices = groupSlices(grouped, plan());

  it('have the literal rates at one threshold, the matrix symmetric', () => {
    const expected = literal(() => 1);
    slices.fnmr.forEach((slice, group) => expect(slice).toMatchObject({ kind: 'rate', rate: expected.fnmr[group], subjects: group === 2 ? 3 : 4 }));
    slices.fmr.forEach((row, a) =>
      row.forEach((slice, b) => {
        expect(slice).toMatchObject({ kind: 'rate', rate: expected.fmr[a]![b] });
        expect(slice).toBe(slices.fmr[b]![a]);
      }),
    );
  });

  it('have the limits of literally weighted comparisons as intervals', () => {
    const labels = [...new Set([...scores.matedSubjects, ...scores.nonMatedFirst, ...scores.nonMatedSecond])]; // as numbered
    const draws = seededRandom(5);
    const resamples = Array.from({ length: 60 }, () => {
      const weights = new Map(labels.map((label) => [label, 0]));
      for (let draw = 0; draw < labels.length; draw++) {
        const label = labels[randomInteger(draws, labels.length)]!;
        weights.set(label, weights.get(label)! + 1);
      }
      return { weights, rates: literal((label) => weights.get(label)!) };
    });
    const limitsOf = (estimate: number, groups: readonly number[], read: (rates: ReturnType<typeof literal>) => number) => {
      const usable = resamples.filter(({ rates }) => !Number.isNaN(read(rates)));
      const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
      const drawn = usable.map(({ rates }) => read(rates));
      const influence = labels.filter((label) => groups.includes(groupOf(label - 100))).map((label) => {
        const weights = usable.map((one) => one.weights.get(label)!);
        return mean(drawn.map((rate, at) => (rate - mean(drawn)) * (weights[at]! - mean(weights))));
      });
      return subjectLimits({ estimate, drawn: Float64Array.from(drawn), influence }, 0.9);
    };
    slices.fnmr.forEach((slice, group) => {
      const { lower, upper } = limitsOf(literal(() => 1).fnmr[group]!, [group], ({ fnmr }) => fnmr[group]!);
      expect(slice).toMatchObject({ lower: expect.closeTo(lower, 12), upper: expect.closeTo(upper, 12) });
    });
    // Those of the FMR lie within, drawn in to their rate.
    const { lower, upper } = limitsOf(literal(() => 1).fmr[1]![2]!, [1, 2], ({ fmr }) => fmr[1]![2]!);
    const cell = slices.fmr[2]![1]!;
    if (cell.kind === 'withheld') throw new Error(cell.reason);
    expect(cell.lower).toBeGreaterThan(lower);
    expect(cell.upper).toBeLessThan(upper);
  });

  it('of few comparisons or few people show no rate, and say why', () => {
    const strict = groupSlices(grouped, { ...plan(2), minimumComparisons: 1000 });
    expect(strict.fnmr[0]).toMatchObject({ kind: 'withheld', reason: expect.stringContaining('at least 1000') });
    const lonely = groupSlices(grouped, { ...plan(2), minimumSubjects: 4 });
    expect(lonely.fnmr[2]).toMatchObject({ kind: 'withheld', subjects: 3 });
    expect(lonely.fnmr[0]!.kind).toBe('rate');
    const empty = groupSlices({ ...grouped, groups: [...grouped.groups, 'nobody'] }, { ...plan(2), minimumComparisons: 0 });
    expect(empty.fnmr[3]).toMatchObject({ kind: 'withheld', comparisons: 0 });
    expect(empty.fmr[3]![0]).toMatchObject({ kind: 'withheld', comparisons: 0 });
    expect(empty.fmr[1]![2]).toMatchObject({ kind: 'rate', rate: literal(() => 1).fmr[1]![2] });
  });

  it('are refused for wrong columns and plans, and show their progress', () => {
    expect(() => groupSlices({ ...grouped, matedGroups: grouped.matedGroups.map(() => 3) }, plan())).toThrow(/matedGroups must name/);
    expect(() => groupSlices({ ...grouped, nonMatedFirstGroups: new Int32Array(1) }, plan())).toThrow(/nonMatedFirstGroups/);
    expect(() => groupSlices({ ...grouped, groups: [] }, plan())).toThrow(/no groups/);
    expect(() => groupSlices(grouped, { ...plan(), threshold: NaN })).toThrow(/threshold/);
    expect(groupSlicesSteps(grouped, plan()).next().value).toEqual({ done: 0, total: 60 });
  });

  it('are bounded by the rule of three where none, or every, comparison is wrong', () => {
    const [lenient, strict] = [groupSlices(grouped, { ...plan(), threshold: -1 }), groupSlices(grouped, { ...plan(), threshold: 99 })];
    const [none, all] = [lenient.fnmr[0]!, strict.fnmr[0]!];
    if (none.kind !== 'rate' || all.kind !== 'rate') throw new Error('withheld');
    expect([none.lower, none.rate, none.upper]).toEqual([0, 0, 3 / none.comparisons]);
    expect([all.lower, all.rate, all.upper]).toEqual([1 - 3 / all.comparisons, 1, 1]);
  });
});
