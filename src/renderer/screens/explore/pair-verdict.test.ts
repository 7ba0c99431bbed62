import { expect, it } from 'vitest';
import { pairVerdict } from './pair-verdict.ts';

it.each([
  [0.5, true, false, 'Match, rightly: score 0.500, threshold 0.500.'],
  [0.5, false, true, 'False match: score 0.500, threshold 0.500.'],
  [0.49, true, true, 'False non-match: score 0.490, threshold 0.500.'],
  [-Number.MAX_VALUE, true, true, 'False non-match: an image gave no template, which counts as a rejection.'],
  [-0.2, false, false, 'Non-match, rightly: score −0.200, threshold 0.500.'],
])('a score of %d, mated %s: wrong %s', (score, isMated, isWrong, words) => {
  expect(pairVerdict(score, 0.5, isMated)).toEqual({ isWrong, words });
});
