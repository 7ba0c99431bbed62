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
  const { columns } = table;
  const ranks: Ranks = { order: [], near: new Float64Array(columns), below: new Float64Array(columns + 1), runs: new Int32Array(columns + 1) };
  forEachAnchor(table, (anchor) => {
    if (anchor.positives.length > 0 && anchor.negatives.length > 0) countAnchor(table, { anchor, band, ranks, counts, costliest });
  });
  return counts;
}

interface Task {
  readonly anchor: Anchor;
  readonly band: Band;
  readonly ranks: Ranks;
  readonly counts: TripletCounts;
  readonly costliest: Costliest;
}

/** The positives of one anchor after another, nearest first. */
interface Ranks {
  /** Columns. */
  readonly order: number[];
  /** Their distances, ascending. */
  readonly near: Float64Array;
  /** below[k] = Σ of the k nearest. */
  readonly below: Float64Array;
  /** Differences of the number of active runs over each rank. */
  readonly runs: Int32Array;
}

function rankPositives(distance: Float64Array, { start, positives }: Anchor, { order, near, below, runs }: Ranks): void {
  order.length = positives.length;
  for (let rank = 0; rank < positives.length; rank++) order[rank] = positives[rank]!;
  order.sort((a, b) => distance[start + a]! - distance[start + b]!);
  for (let rank = 0; rank < order.length; rank++) {
    near[rank] = distance[start + order[rank]!]!;
    below[rank + 1] = below[rank]! + near[rank]!;
  }
  runs.fill(0, 0, order.length + 1);
}

function countAnchor({ distance }: MeasuredTable, { anchor, band, ranks, counts, costliest }: Task): void {
  const { row, start, negatives } = anchor;
  const { margin, above, upTo } = band;
  const { order, near, below, runs } = ranks;
  const { gradient } = counts;
  rankPositives(distance, anchor, ranks);
  const all = order.length;
  let [items, active, sum] = [0, 0, 0];
  for (let k = 0; k < negatives.length; k++) {
    const negative = negatives[k]!;
    const far = distance[start + negative]!;
    const first = upTo === Infinity ? 0 : firstRank(near, all, far - upTo);
    const end = above === -Infinity ? all : firstRank(near, all, far - above);
    items += end - first;
    if (near[all - 1]! <= far - margin) continue;
    const activeFrom = Math.max(first, firstRankAbove(near, all, far - margin));
    const run = end - activeFrom;
    if (run <= 0) continue;
    active += run;
    sum += below[end]! - below[activeFrom]! + run * (margin - far);
    gradient[start + negative]! -= run;
    runs[activeFrom]!++;
    runs[end]!--;
    const loss = near[end - 1]! - far + margin;
    if (loss > costliest.threshold) offer(costliest, { loss, anchor: row, positive: order[end - 1]!, negative, rival: null });
  }
  counts.items += items;
  counts.active += active;
  counts.sum += sum;
  for (let rank = 0, running = 0; rank < all; rank++) {
    running += runs[rank]!;
    gradient[start + order[rank]!]! += running;
  }
}

/** First rank of so many with a value >= limit. */
function firstRank(ascending: Float64Array, count: number, limit: number): number {
  let low = 0;
  for (let size = count; size > 1;) {
    const half = size >> 1;
    low += half * Number(ascending[low + half - 1]! < limit); // no branch: which half it is nobody could guess
    size -= half;
  }
  return low + Number(ascending[low]! < limit);
}

/** First rank of so many with a value > limit. */
function firstRankAbove(ascending: Float64Array, count: number, limit: number): number {
  let low = 0;
  for (let size = count; size > 1;) {
    const half = size >> 1;
    low += half * Number(ascending[low + half - 1]! <= limit);
    size -= half;
  }
  return low + Number(ascending[low]! <= limit);
}
