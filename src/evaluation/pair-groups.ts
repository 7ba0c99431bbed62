import type { SubjectWeights } from './subject-weights.ts';

/** Comparisons of two numbered subjects, cut into consecutive blocks and within each block gathered by first subject. */
export interface PairGroups {
  readonly runFirst: Uint32Array; // [runs], the subject all comparisons of the run share
  readonly runEnd: Uint32Array; // [runs], where the run ends among the comparisons
  readonly blockRunEnd: Uint32Array; // [blocks], where the runs of a block end
  /** [comparisons], the other subject; `subjectCount`, whose weight stands for it, when it is the same one. */
  readonly partners: Uint32Array;
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
      partners[place] = second[at]! === first[at]! ? subjectCount : second[at]!;
    }
    blockRunEnd[block] = runEnd.length;
    from = to;
  }
  return { runFirst: Uint32Array.from(runFirst), runEnd: Uint32Array.from(runEnd), blockRunEnd, partners };
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
