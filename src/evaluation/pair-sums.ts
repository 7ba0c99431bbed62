/** Columns summed over all comparisons of the same two subjects: what a resample weighs as one. */
export interface PairSums {
  readonly subjectCount: number;
  readonly runEnd: Uint32Array; // [subjectCount], where the partners of a subject end among the pairs
  /** [pairs], the other subject, not below the first; `subjectCount`, a subject of weight 1, when it is the same one. */
  readonly partners: Uint32Array;
  readonly columns: readonly Float64Array[]; // [columns][pairs]
}

/** Comparisons of two subjects numbered from 0, in any order. */
export interface SubjectPairs {
  readonly first: Uint32Array;
  readonly second: Uint32Array;
  readonly subjectCount: number;
}

/** Sums each column over the comparisons of each unordered pair of subjects. O(comparisons + subjects). */
export function sumByPair(pairs: SubjectPairs, columns: readonly Float64Array[]): PairSums {
  const { subjectCount } = pairs;
  const lower = pairs.first.map((subject, at) => Math.min(subject, pairs.second[at]!));
  const upper = pairs.second.map((subject, at) => Math.max(subject, pairs.first[at]!));
  const order = stableOrder(lower, stableOrder(upper, Uint32Array.from(upper.keys()), subjectCount), subjectCount);
  const pairOf = new Uint32Array(order.length);
  const partners = new Uint32Array(order.length);
  const runEnd = new Uint32Array(subjectCount);
  let count = 0;
  for (let place = 0; place < order.length; place++) {
    const low = lower[order[place]!]!;
    const high = upper[order[place]!]!;
    const before = order[place - 1];
    if (before === undefined || lower[before] !== low || upper[before] !== high) {
      partners[count++] = low === high ? subjectCount : high;
      runEnd[low] = count;
    }
    pairOf[place] = count - 1;
  }
  for (let subject = 1; subject < subjectCount; subject++) runEnd[subject] = Math.max(runEnd[subject]!, runEnd[subject - 1]!);
  const summed = (column: Float64Array): Float64Array => {
    const sums = new Float64Array(count);
    for (let place = 0; place < order.length; place++) sums[pairOf[place]!]! += column[order[place]!]!;
    return sums;
  };
  return { subjectCount, runEnd, partners: partners.slice(0, count), columns: columns.map(summed) };
}

/** The sum of w_first * w_second * value of one column over all pairs; a pair within one subject weighs w_first. */
export function weightedSum(sums: PairSums, weights: Int32Array, column: number): number {
  const { runEnd, partners } = sums;
  const values = sums.columns[column]!;
  let total = 0;
  let at = 0;
  for (let subject = 0; subject < runEnd.length; subject++) {
    const end = runEnd[subject]!;
    const weight = weights[subject]!;
    if (weight === 0) {
      at = end;
      continue;
    }
    let sum = 0;
    for (; at < end; at++) sum += weights[partners[at]!]! * values[at]!;
    total += weight * sum;
  }
  return total;
}

/** A counting sort of items by key, equal keys as they stood. */
function stableOrder(keys: Uint32Array, items: Uint32Array, keyCount: number): Uint32Array {
  const starts = new Uint32Array(keyCount + 1);
  for (let at = 0; at < keys.length; at++) starts[keys[at]! + 1]!++;
  for (let key = 0; key < keyCount; key++) starts[key + 1]! += starts[key]!;
  const order = new Uint32Array(items.length);
  for (let at = 0; at < items.length; at++) order[starts[keys[items[at]!]!]!++] = items[at]!;
  return order;
}
