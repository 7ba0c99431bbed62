/**
 * Average precision at R of one query; its mean over queries is MAP@R (Musgrave et al., "A metric learning reality
 * check", ECCV 2020, eq. 1): (1 / R) * sum over i = 1..R of P(i), P(i) being the precision at i when the i-th retrieval
 * is a mate and 0 otherwise.
 *
 * @param ranks [R] ascending ranks of the query's mates, from 1.
 */
export function averagePrecisionAtR(ranks: Uint32Array): number {
  let sum = 0;
  for (let found = 0; found < ranks.length && ranks[found]! <= ranks.length; found++) {
    sum += (found + 1) / ranks[found]!; // precision at this mate's rank
  }
  return sum / ranks.length;
}
