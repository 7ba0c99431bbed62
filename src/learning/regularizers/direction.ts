import { coincident } from '../distances/distance.ts';
import type { Anchor, PairTable } from '../loss-pairs.ts';

/** Anchor, positive, negative: rows of the batch. */
type Triplet = readonly [anchor: number, positive: number, negative: number];

/**
 * c(a, p, n) = cos(f_n − f_a, f_p − f_a) (Mohan et al., CVPRW 2020; survey eq. 31), from inner products alone:
 * (S_np − S_na − S_pa + S_aa) / (D_an D_ap). Taken off the loss, it turns the push on n orthogonal to PA.
 * Where a = p or a = n it is 0 and takes no gradient. Needs a table without memory, as S_np is looked up.
 */
export function directionOf({ columns, similarity, squaredNorm }: PairTable) {
  const squared = (i: number, j: number) => squaredNorm[i]! + squaredNorm[j]! - 2 * similarity[i * columns + j]!;

  const cosine = (...[a, p, n]: Triplet): number => {
    const toNegative = squared(a, n);
    const toPositive = squared(a, p);
    if (toNegative < coincident || toPositive < coincident) return 0;
    const dot = similarity[n * columns + p]! - similarity[a * columns + n]! - similarity[a * columns + p]! + squaredNorm[a]!;
    return dot / Math.sqrt(toNegative * toPositive);
  };

  /** Adds upstream × ∂c/∂S to the gradient [rows, columns]; the lengths of unit rows do not change. */
  const spread = ([a, p, n]: Triplet, upstream: number, gradient: Float32Array): void => {
    const toNegative = squared(a, n);
    const toPositive = squared(a, p);
    if (toNegative < coincident || toPositive < coincident) return;
    const c = cosine(a, p, n);
    const inverse = 1 / Math.sqrt(toNegative * toPositive);
    gradient[n * columns + p]! += upstream * inverse;
    gradient[a * columns + n]! += upstream * (c / toNegative - inverse);
    gradient[a * columns + p]! += upstream * (c / toPositive - inverse);
  };

  return { cosine, spread };
}

/** Direction regularisation of multi-similarity (survey eq. 34): γ c(i, hardest positive of i, n) for each negative. */
export function loweredByDirection(table: PairTable, weight: number) {
  const { cosine, spread } = directionOf(table);
  return ({ row, start, positives }: Anchor) => {
    let hardest = -1;
    let least = Infinity;
    for (const column of positives) {
      const similarity = table.similarity[start + column]!;
      if (similarity < least) [hardest, least] = [column, similarity];
    }
    return {
      of: (negative: number) => (hardest < 0 ? 0 : weight * cosine(row, hardest, negative)),
      spread: (negative: number, upstream: number, gradient: Float32Array) => {
        if (hardest >= 0) spread([row, hardest, negative], weight * upstream, gradient);
      },
    };
  };
}
