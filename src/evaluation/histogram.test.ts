import { sortScores } from './score-set.ts';
import { operatingPoints } from './error-rates.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { histogramOfPoints, scoreHistogram } from './histogram.ts';
import { nextAbove } from './next-above.ts';

const someScores = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { maxLength: 40 }).map((a) => Float64Array.from(a));
const sum = (counts: Uint32Array) => counts.reduce((a, b) => a + b, 0);

describe('the score histogram', () => {
  it('counts each score in the bin whose edges hold it', () => {
    fc.assert(
      fc.property(someScores.filter((s) => s.length > 0), someScores, fc.integer({ min: 1, max: 20 }), (mated, nonMated, bins) => {
        const { edges, ...counts } = scoreHistogram({ mated, nonMated }, bins);
        const literal = (scores: Float64Array) =>
          Array.from({ length: bins }, (_, bin) =>
            scores.filter((s) => s >= edges[bin]! && (s < edges[bin + 1]! || (bin === bins - 1 && s <= edges[bins]!))).length,
          );
        expect([...counts.mated]).toEqual(literal(mated));
        expect([...counts.nonMated]).toEqual(literal(nonMated));
        expect(sum(counts.mated) + sum(counts.nonMated)).toBe(mated.length + nonMated.length);
      }),
    );
  });

  it('puts a score just below an edge below it, and one on the edge above', () => {
    for (let bins = 2; bins <= 60; bins++) {
      const range = { mated: Float64Array.of(-0.7, 1.9), nonMated: new Float64Array(0) };
      const inner = scoreHistogram(range, bins).edges.slice(1, -1);
      const nonMated = Float64Array.from([...inner].flatMap((edge) => [edge, -nextAbove(-edge)]));
      const { nonMated: counts } = scoreHistogram({ ...range, nonMated }, bins);
      expect([...counts]).toEqual(Array.from(counts, (_, bin) => (bin === 0 || bin === bins - 1 ? 1 : 2)));
    }
  });

  it('takes a range too narrow to be divided', () => {
    const narrow = { mated: Float64Array.of(0, Number.MIN_VALUE), nonMated: Float64Array.of(Number.MIN_VALUE) };
    for (let bins = 1; bins < 5; bins++) {
      const { mated, nonMated } = scoreHistogram(narrow, bins);
      expect(sum(mated)).toBe(2);
      expect(nonMated[bins - 1]).toBe(1);
    }
  });

  it('spans half a unit either side of constant scores', () => {
    const { edges, mated } = scoreHistogram({ mated: Float64Array.of(2, 2), nonMated: new Float64Array(0) }, 2);
    expect([...edges]).toEqual([1.5, 2, 2.5]);
    expect([...mated]).toEqual([0, 2]);
  });

  it('counts failures apart', () => {
    const set = { mated: Float64Array.of(-Infinity, 1), nonMated: Float64Array.of(0, -Infinity, -Infinity) };
    expect(scoreHistogram(set, 2)).toMatchObject({ matedFailures: 1, nonMatedFailures: 2, edges: Float64Array.of(0, 0.5, 1) });
  });

  it('is refused without scores, with NaN, or without bins', () => {
    const none = new Float64Array(0);
    expect(() => scoreHistogram({ mated: none, nonMated: none }, 3)).toThrow(/no finite score/);
    expect(() => scoreHistogram({ mated: Float64Array.of(NaN), nonMated: none }, 3)).toThrow(/index 0/);
    for (const bins of [0, 1.5, NaN]) expect(() => scoreHistogram({ mated: Float64Array.of(1), nonMated: none }, bins)).toThrow(/bins/);
  });
});

describe('the histogram of operating points', () => {
  it('is that of the scores behind them', () => {
    const mated = Float64Array.of(0.2, 0.5, 0.5, 0.9, 1);
    const nonMated = Float64Array.of(0, 0.1, 0.2, 0.6);
    const whole = scoreHistogram({ mated, nonMated }, 4);
    const { edges, ...counts } = histogramOfPoints(operatingPoints(sortScores({ mated, nonMated })), 4);
    expect([edges, counts]).toEqual([whole.edges, { mated: whole.mated, nonMated: whole.nonMated }]);
  });
});
