import type { SubjectWeights } from './subject-weights.ts';

/** Comparisons of two numbered subjects, cut into consecutive blocks and within each block gathered by first subject. */
export interface PairGroups {
  readonly runFirst: Uint32Array; // [runs], the subject all comparisons of the run share
  readonly runEnd: Uint32Array; // [runs], where the run ends among the comparisons
  readonly blockRunEnd: Uint32Array; // [blocks], where the runs of a block end
  /** [comparisons], the other subject; `subjectCount`, whose weight stands for it, when it is the same one. */
  readonly partners: Uint32Array;
  /** [comparisons], where each came from. */
  readonly order: Uint32Array;
}

/**
 * Gathers comparisons by first subject within blocks. The weight of a block in a resample is then a sum of
 * w_first * (sum of w_partner): one look-up a comparison instead of two, and none where w_first is 0.
 *
 * @param blockEnds [blocks] ascending, the last is the number of comparisons.
 */
export function groupPairs(
  pairs: { readonly first: Uint32Array; readonly second: Uint32Array; readonly subjectCount: number },
  blockEnds: Uint32Array,
): PairGroups {
  const { first, second, subjectCount } = pairs;
  const order = new Uint32Array(first.length);
  const partners = new Uint32Array(first.length);
  const runFirst: number[] = [];
  const runEnd: number[] = [];
  const blockRunEnd = new Uint32Array(blockEnds.length);
  const places = new Uint32Array(subjectCount + 1);
  let from = 0;
  for (let block = 0; block < blockEnds.length; block++) {
    const to = blockEnds[block]!;
    places.fill(0);
    for (let at = from; at < to; at++) places[first[at]! + 1]!++;
    let start = from;
    for (let subject = 0; subject < subjectCount; subject++) {
      const length = places[subject + 1]!;
      places[subject] = start;
      if (length === 0) continue;
      start += length;
      runFirst.push(subject);
      runEnd.push(start);
    }
    for (let at = from; at < to; at++) {
      const place = places[first[at]!]!++;
      order[place] = at;
      partners[place] = second[at]! === first[at]! ? subjectCount : second[at]!;
    }
    blockRunEnd[block] = runEnd.length;
    from = to;
  }
  return { runFirst: Uint32Array.from(runFirst), runEnd: Uint32Array.from(runEnd), blockRunEnd, partners, order };
}

/** The weight of each block: the sum of w_first * w_partner (and what is added) over its comparisons. */
export function blockWeights(groups: PairGroups, { pair: weights, added }: SubjectWeights, result: Float64Array): void {
  const { runFirst, runEnd, blockRunEnd, partners } = groups;
  let run = 0;
  let at = 0;
  for (let block = 0; block < blockRunEnd.length; block++) {
    const start = at;
    let total = 0;
    for (; run < blockRunEnd[block]!; run++) {
      const end = runEnd[run]!;
      const weight = weights[runFirst[run]!]!;
      if (weight === 0) {
        at = end;
        continue;
      }
      let sum = 0;
      for (; at < end; at++) sum += weights[partners[at]!]!;
      total += weight * sum;
    }
    result[block] = total + added * (at - start);
  }
}

/** `blockWeights` and `weightedTotal` in one pass over the comparisons. */
export function blockWeightsWithTotal(groups: PairGroups, { pair: weights, added }: SubjectWeights, { places, values, result }: PlacedValues & { readonly result: Float64Array }): number {
  const { runFirst, runEnd, blockRunEnd, partners } = groups;
  let [run, at, all] = [0, 0, 0];
  for (let block = 0; block < blockRunEnd.length; block++) {
    const start = at;
    let total = 0;
    for (; run < blockRunEnd[block]!; run++) {
      const end = runEnd[run]!;
      const weight = weights[runFirst[run]!]!;
      if (weight === 0) {
        at = end;
        continue;
      }
      const shift = added * weight;
      let sum = 0;
      let placed = 0;
      let shifted = 0;
      for (; at < end; at++) {
        const partner = weights[partners[at]!]!;
        const value = values[places[at]!]!;
        sum += partner;
        placed += partner * value;
        shifted += value;
      }
      total += weight * sum;
      all += weight * (placed + shift * shifted);
    }
    result[block] = total + added * (at - start);
  }
  return all;
}

/** The weight of each block where every comparison weighs w_first alone, such as a mated one. */
export function blockWeightsOfFirst(groups: PairGroups, { mated: weights }: SubjectWeights, result: Float64Array): void {
  const { runFirst, runEnd, blockRunEnd } = groups;
  let run = 0;
  let at = 0;
  for (let block = 0; block < blockRunEnd.length; block++) {
    let total = 0;
    for (; run < blockRunEnd[block]!; run++) {
      total += weights[runFirst[run]!]! * (runEnd[run]! - at);
      at = runEnd[run]!;
    }
    result[block] = total;
  }
}

/**
 * The sum of weight * value over all comparisons, the value looked up by each comparison's place. What is added to
 * w_first * w_partner is taken in by w_first * (w_partner + w_first): where something is added, w_first is 1 or -1.
 *
 * @param places [comparisons] in the order of the groups.
 */
export function weightedTotal(groups: PairGroups, { pair: weights, added }: SubjectWeights, { places, values }: PlacedValues): number {
  const { runFirst, runEnd, partners } = groups;
  let total = 0;
  let at = 0;
  for (let run = 0; run < runEnd.length; run++) {
    const end = runEnd[run]!;
    const weight = weights[runFirst[run]!]!;
    if (weight === 0) {
      at = end;
      continue;
    }
    const shift = added * weight;
    let sum = 0;
    for (; at < end; at++) sum += (weights[partners[at]!]! + shift) * values[places[at]!]!;
    total += weight * sum;
  }
  return total;
}

export interface PlacedValues {
  readonly places: Uint32Array;
  readonly values: Float64Array;
}

/**
 * The sums of weight * value and of weight * value^2, the weight as in `weightedTotal`.
 *
 * @param values [comparisons] in the order of the groups.
 */
export function weightedPowers(groups: PairGroups, { pair: weights, added }: SubjectWeights, values: Float64Array): { sum: number; squares: number } {
  const { runFirst, runEnd, partners } = groups;
  let sum = 0;
  let squares = 0;
  let at = 0;
  for (let run = 0; run < runEnd.length; run++) {
    const end = runEnd[run]!;
    const weight = weights[runFirst[run]!]!;
    if (weight === 0) {
      at = end;
      continue;
    }
    const shift = added * weight;
    let runSum = 0;
    let runSquares = 0;
    for (; at < end; at++) {
      const value = values[at]!;
      const weighted = (weights[partners[at]!]! + shift) * value;
      runSum += weighted;
      runSquares += weighted * value;
    }
    sum += weight * runSum;
    squares += weight * runSquares;
  }
  return { sum, squares };
}
