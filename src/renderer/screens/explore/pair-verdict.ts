import { scoreWords } from '../../words/numbers.ts';

/** "False match: score 0.71, threshold 0.43." A match: score >= threshold. */
export function pairVerdict(score: number, threshold: number, isMated: boolean): { isWrong: boolean; words: string } {
  const isMatch = score >= threshold;
  const isWrong = isMatch !== isMated;
  const decision = isMatch ? 'match' : 'non-match';
  return { isWrong, words: `${isWrong ? `False ${decision}` : `${decision[0]!.toUpperCase()}${decision.slice(1)}, rightly`}: score ${scoreWords(score, 3)}, threshold ${scoreWords(threshold, 3)}.` };
}
