import type { Anchor, PairTable } from '../loss-pairs.ts';

/**
 * General pair mining (Wang et al., CVPR 2019, eq. 11-12): keep a positive less similar than the most similar negative
 * plus ε, and a negative more similar than the least similar positive minus ε, both strictly. With one side empty
 * nothing is kept.
 *
 * @param similarity S_ij, [rows, columns].
 * @returns the miner of one anchor after another; what it keeps of one is valid until the next.
 */
export function multiSimilarityMiner({ similarity, columns }: PairTable, epsilon: number): (anchor: Anchor) => Anchor {
  const keptPositives = new Int32Array(columns);
  const keptNegatives = new Int32Array(columns);
  return ({ row, start, positives, negatives }) => {
    let leastPositive = Infinity;
    let mostNegative = -Infinity;
    for (let k = 0; k < positives.length; k++) leastPositive = Math.min(leastPositive, similarity[start + positives[k]!]!);
    for (let k = 0; k < negatives.length; k++) mostNegative = Math.max(mostNegative, similarity[start + negatives[k]!]!);
    let [positiveCount, negativeCount] = [0, 0];
    // Written always and counted when kept: which pairs are kept is no pattern that a processor could guess.
    for (let k = 0; k < positives.length; k++) {
      keptPositives[positiveCount] = positives[k]!;
      positiveCount += Number(similarity[start + positives[k]!]! < mostNegative + epsilon);
    }
    for (let k = 0; k < negatives.length; k++) {
      keptNegatives[negativeCount] = negatives[k]!;
      negativeCount += Number(similarity[start + negatives[k]!]! > leastPositive - epsilon);
    }
    return { row, start, positives: keptPositives.subarray(0, positiveCount), negatives: keptNegatives.subarray(0, negativeCount) };
  };
}
