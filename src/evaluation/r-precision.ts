/**
 * R-precision of one query: of its R nearest templates, R being the number of its mates, the share that are mates
 * (Musgrave et al., "A metric learning reality check", ECCV 2020, section 3.2: r / R).
 *
 * @param ranks [R] ascending ranks of the query's mates, from 1.
 */
export function rPrecision(ranks: Uint32Array): number {
  return ranks.filter((rank) => rank <= ranks.length).length / ranks.length;
}
