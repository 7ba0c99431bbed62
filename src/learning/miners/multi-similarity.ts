import type { Anchor } from '../loss-pairs.ts';

/**
 * General pair mining (Wang et al., CVPR 2019, eq. 11-12): keep a positive less similar than the most similar negative
 * plus ε, and a negative more similar than the least similar positive minus ε, both strictly. With one side empty
 * nothing is kept.
 *
 * @param similarity S_ij, [rows, columns].
 */
export function mineMultiSimilarity(anchor: Anchor, similarity: Float32Array, epsilon: number): Anchor {
  const { row, start, positives, negatives } = anchor;
  let leastPositive = Infinity;
  let mostNegative = -Infinity;
  for (const p of positives) if (similarity[start + p]! < leastPositive) leastPositive = similarity[start + p]!;
  for (const n of negatives) if (similarity[start + n]! > mostNegative) mostNegative = similarity[start + n]!;
  const keptPositives = new Int32Array(positives.length);
  const keptNegatives = new Int32Array(negatives.length);
  let [positiveCount, negativeCount] = [0, 0];
  // Written always and counted when kept: which pairs are kept is no pattern that a processor could guess.
  for (const p of positives) {
    keptPositives[positiveCount] = p;
    positiveCount += Number(similarity[start + p]! < mostNegative + epsilon);
  }
  for (const n of negatives) {
    keptNegatives[negativeCount] = n;
    negativeCount += Number(similarity[start + n]! > leastPositive - epsilon);
  }
  return {
    row, start,
    positives: keptPositives.subarray(0, positiveCount), negatives: keptNegatives.subarray(0, negativeCount),
  };
}
