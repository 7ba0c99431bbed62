import type { RankedSubjects } from './attributed-scores.ts';
import type { Scores } from './score-set.ts';

/** Non-mated comparisons ascending in score, by numbered subjects. */
export interface RankedPairs {
  readonly first: Uint32Array; // [nonMated]
  /** [nonMated], the other subject; `subjectCount`, whose weight stands for it, when it is the same one. */
  readonly partners: Uint32Array;
  readonly scores: Scores; // [nonMated]
}

export function rankedPairs({ nonMatedFirst: first, nonMatedSecond: second, scores, subjectCount }: RankedSubjects): RankedPairs {
  let partners = second;
  for (let at = 0; at < first.length; at++) {
    if (first[at] !== second[at]) continue;
    if (partners === second) partners = second.slice();
    partners[at] = subjectCount;
  }
  return { first, partners, scores: scores.nonMated };
}
