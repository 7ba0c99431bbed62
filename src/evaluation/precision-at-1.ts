/**
 * Precision@1 of one query: 1 when its nearest template is a mate, else 0. Equal to recall@1.
 *
 * @param ranks [R] ascending ranks of the query's mates, from 1.
 */
export function precisionAt1(ranks: Uint32Array): number {
  return ranks[0] === 1 ? 1 : 0;
}
