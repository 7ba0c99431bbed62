import { forEachAnchor } from '../loss-pairs.ts';
import type { MeasuredTable, Selection } from '../loss-selection.ts';

export interface Draw {
  /** Length d of the embeddings: distances on the sphere crowd around √2 the more the larger it is. */
  readonly width: number;
  /** Uniform numbers in [0, 1). */
  readonly random: () => number;
}

/**
 * Distance-weighted sampling (Wu et al., ICCV 2017, eq. 4-6): for every positive pair one negative, drawn with
 * probability ∝ 1/q(D), q(D) ∝ D^{d−2} (1 − D²/4)^{(d−3)/2} being the density of Euclidean distances on the sphere.
 * D below `floor` counts as `floor`; negatives beyond `cutoff` are not drawn. An anchor with no negative in reach gives
 * nothing. Weights are kept as logarithms, so they cannot all vanish.
 */
export function mineDistanceWeighted(
  table: MeasuredTable, { floor, cutoff }: { floor: number; cutoff: number }, { width, random }: Draw,
): Selection {
  const anchors: number[] = [];
  const positives: number[] = [];
  const negatives: number[] = [];
  forEachAnchor(table, (anchor) => {
    if (anchor.positives.length === 0) return;
    const { row, start } = anchor;
    const logWeights = Float64Array.from(anchor.negatives, (column) => {
      const norms = table.squaredNorm[row]! + table.squaredNorm[column]!;
      const d = Math.sqrt(Math.max(floor * floor, norms - 2 * table.similarity[start + column]!));
      return d > cutoff ? -Infinity : (2 - width) * Math.log(d) + ((3 - width) / 2) * Math.log(1 - (d * d) / 4);
    });
    const cumulative = cumulativeWeights(logWeights);
    if (cumulative === null) return;
    for (const positive of anchor.positives) {
      anchors.push(row);
      positives.push(positive);
      negatives.push(anchor.negatives[drawIndex(cumulative, random)]!);
    }
  });
  return {
    kind: 'triplets',
    anchors: Int32Array.from(anchors), positives: Int32Array.from(positives), negatives: Int32Array.from(negatives),
  };
}

/** Running sums of the weights, scaled so that the largest weight is 1; null when there is nothing to draw. */
function cumulativeWeights(logWeights: Float64Array): Float64Array | null {
  const largest = logWeights.reduce((best, weight) => Math.max(best, weight), -Infinity);
  if (largest === -Infinity) return null;
  let sum = 0;
  return logWeights.map((weight) => (sum += Math.exp(weight - largest)));
}

function drawIndex(cumulative: Float64Array, random: () => number): number {
  const drawn = random() * cumulative[cumulative.length - 1]!;
  return cumulative.findIndex((sum) => sum > drawn);
}
