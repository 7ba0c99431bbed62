import { EvaluationError } from './score-set.ts';

/**
 * Recall@k of one query: 1 when at least one of its k nearest templates is a mate, else 0; the mean over queries is the
 * figure (Jegou et al., TPAMI 2011; as used since Oh Song et al., CVPR 2016).
 *
 * @param ranks [R] ascending ranks of the query's mates, from 1.
 * @throws EvaluationError argument-out-of-range unless k is a whole number >= 1.
 */
export function recallAtK(ranks: Uint32Array, k: number): number {
  if (!(Number.isInteger(k) && k >= 1)) {
    throw new EvaluationError('argument-out-of-range', `The k of recall@k is a whole number from 1, not ${k}.`);
  }
  return ranks[0]! <= k ? 1 : 0;
}
