import { scoreWords } from '../../words/numbers.ts';

/** A failure to acquire has no score: -Infinity, or the lowest number where -Infinity cannot be written. */
export const isFailure = (score: number): boolean => score <= -Number.MAX_VALUE;

/** "0.714", or why there is none. */
export const pairScoreWords = (score: number): string => (isFailure(score) ? 'no template' : scoreWords(score, 3));

/** "False match: score 0.71, threshold 0.43." A match: score >= threshold. */
export function pairVerdict(score: number, threshold: number, isMated: boolean): { isWrong: boolean; words: string } {
  const isMatch = score >= threshold;
  const isWrong = isMatch !== isMated;
  const decision = isMatch ? 'match' : 'non-match';
  const judged = isWrong ? `False ${decision}` : `${decision[0]!.toUpperCase()}${decision.slice(1)}, rightly`;
  return { isWrong, words: `${judged}: ${isFailure(score) ? 'an image gave no template, which counts as a rejection.' : `score ${scoreWords(score, 3)}, threshold ${scoreWords(threshold, 3)}.`}` };
}
