/** Good enough to say nothing, worth a word, hardly usable: the steps at which the pipelines begin to complain. */
export function level(score: number): 'good' | 'fair' | 'poor' {
  if (score >= 60) return 'good';
  return score >= 30 ? 'fair' : 'poor';
}

/** "Too small: ..." out of "too small: ...". */
export const asSentence = (reason: string): string => reason.charAt(0).toUpperCase() + reason.slice(1);
