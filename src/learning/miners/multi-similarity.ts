import type { Anchor } from '../loss-pairs.ts';

/**
 * General pair mining (Wang et al., CVPR 2019, eq. 11-12): keep a positive less similar than the most similar negative
 * plus ε, and a negative more similar than the least similar positive minus ε, both strictly. With one side empty
 * nothing is kept.
 *
 * @param similarity S_ij, [rows, columns].
 */
export function mineMultiSimilarity(anchor: Anchor, similarity: Float32Array, epsilon: number): Anchor {
  const { start, positives, negatives } = anchor;
  let leastPositive = Infinity;
  let mostNegative = -Infinity;
  for (const p of positives) leastPositive = Math.min(leastPositive, similarity[start + p]!);
  for (const n of negatives) mostNegative = Math.max(mostNegative, similarity[start + n]!);
  return {
    ...anchor,
    positives: positives.filter((p) => similarity[start + p]! < mostNegative + epsilon),
    negatives: negatives.filter((n) => similarity[start + n]! > leastPositive - epsilon),
  };
}
