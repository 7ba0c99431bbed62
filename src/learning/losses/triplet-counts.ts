import { forEachAnchor } from '../loss-pairs.ts';
import type { Anchor } from '../loss-pairs.ts';
import { offer } from '../loss-report.ts';
import type { Costliest } from '../loss-report.ts';
import type { MeasuredTable } from '../loss-selection.ts';

/** Sums over the triplets of a band, without ever listing them. */
export interface TripletCounts {
  /** Triplets in the band, and those of them with a positive hinge. */
  items: number;
  active: number;
  /** Σ of the hinges. */
  sum: number;
  /** ∂ sum / ∂ D_ij: how often a pair is the positive of an active triplet, minus how often its negative. */
  readonly gradient: Float64Array;
}

interface Band {
  readonly margin: number;
  readonly above: number;
  readonly upTo: number;
}

/**
 * Σ [D_ap − D_an + α]₊ over every triplet with above < D_an − D_ap <= upTo. The hinge is linear in D, so only counts
 * are needed: with the positives of an anchor sorted, those a negative is active with are one run of ranks. Time
 * O(B² log B), memory O(B²).
 */
export function countTriplets(table: MeasuredTable, band: Band, costliest: Costliest): TripletCounts {
  const counts: TripletCounts = { items: 0, active: 0, sum: 0, gradient: new Float64Array(table.role.length) };
  forEachAnchor(table, (anchor) => {
    if (anchor.positives.length > 0 && anchor.negatives.length > 0) countAnchor(table, { anchor, band, counts, costliest });
  });
  return counts;
}

interface Task {
  readonly anchor: Anchor;
  readonly band: Band;
  readonly counts: TripletCounts;
  readonly costliest: Costliest;
}

function countAnchor({ distance }: MeasuredTable, { anchor, band, counts, costliest }: Task): void {
  const { row, start, negatives } = anchor;
  const { margin, above, upTo } = band;
  const positives = anchor.positives.slice().sort((a, b) => distance[start + a]! - distance[start + b]!);
  const near = Float64Array.from(positives, (positive) => distance[start + positive]!); // ascending
  const below = prefixSums(near); // below[k] = Σ of the k nearest
  const runs = new Int32Array(positives.length + 1); // differences of the number of active runs over each rank
  const farthest = near.length - 1;
  for (const negative of negatives) {
    const far = distance[start + negative]!;
    const first = upTo === Infinity ? 0 : firstRank(near, far - upTo);
    const end = above === -Infinity ? near.length : firstRank(near, far - above);
    counts.items += end - first;
    if (near[farthest]! <= far - margin) continue;
    const activeFrom = Math.max(first, firstRankAbove(near, far - margin));
    const active = end - activeFrom;
    if (active <= 0) continue;
    counts.active += active;
    counts.sum += below[end]! - below[activeFrom]! + active * (margin - far);
    counts.gradient[start + negative]! -= active;
    runs[activeFrom]!++;
    runs[end]!--;
    const loss = near[end - 1]! - far + margin;
    if (loss > costliest.threshold) {
      offer(costliest, { loss, anchor: row, positive: positives[end - 1]!, negative, rival: null });
    }
  }
  let running = 0;
  positives.forEach((positive, rank) => {
    running += runs[rank]!;
    counts.gradient[start + positive]! += running;
  });
}

function prefixSums(values: Float64Array): Float64Array {
  const sums = new Float64Array(values.length + 1);
  values.forEach((value, index) => { sums[index + 1] = sums[index]! + value; });
  return sums;
}

/** First rank with a value >= limit. */
function firstRank(ascending: Float64Array, limit: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** First rank with a value > limit. */
function firstRankAbove(ascending: Float64Array, limit: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
