import { describe, expect, it } from 'vitest';
import { EvaluationError, sortScores } from './score-set.ts';

const of = (...scores: number[]): Float64Array => Float64Array.from(scores);
const codeOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof EvaluationError) return error.code;
    throw error;
  }
  return 'none';
};

describe('a score set', () => {
  it('is sorted in a copy, by number, and keeps the kind of its arrays', () => {
    const mated = Float32Array.from([10, 9, -1]);
    const sorted = sortScores({ mated, nonMated: of(2, -Infinity, 1) });
    expect(sorted.mated).toEqual(Float32Array.from([-1, 9, 10]));
    expect(sorted.nonMated).toEqual(of(-Infinity, 1, 2));
    expect(mated[0]).toBe(10);
  });

  it('is refused, with a code, when one kind is missing', () => {
    expect(codeOf(() => sortScores({ mated: of(), nonMated: of(1) }))).toBe('no-mated-scores');
    expect(codeOf(() => sortScores({ mated: of(1), nonMated: of() }))).toBe('no-non-mated-scores');
  });

  it('is refused, naming the index, when a score is not a number', () => {
    expect(() => sortScores({ mated: of(1), nonMated: of(1, 2, NaN) })).toThrow(/non-mated score at index 2/);
    expect(codeOf(() => sortScores({ mated: of(NaN), nonMated: of(1) }))).toBe('score-not-a-number');
  });

  it('takes the worst score but not an infinite best one', () => {
    expect(codeOf(() => sortScores({ mated: of(-Infinity), nonMated: of(1) }))).toBe('none');
    expect(codeOf(() => sortScores({ mated: of(Infinity), nonMated: of(1) }))).toBe('score-out-of-range');
  });
});
