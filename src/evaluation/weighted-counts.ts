import type { RankedSubjects } from './attributed-scores.ts';
import type { OperatingPoints } from './error-rates.ts';
import type { CountsWithin } from './resampler.ts';
import type { SubjectWeights } from './subject-weights.ts';

/** Error counts at consecutive points under the weights of a resample, by one pass over the scores there. */
export interface WeightedCounts {
  /** Weights below the points [from, to), counted from the point `from`. */
  readonly between: (from: number, to: number) => CountsWithin;
  /** All points; the columns are used again by the next resample. */
  readonly everywhere: (totals: { readonly matedCount: number; readonly nonMatedCount: number }) => OperatingPoints;
}

/** @param weights of the resample to be counted; they may change between calls. */
export function weightedCounts(ranked: RankedSubjects, points: OperatingPoints, weights: SubjectWeights): WeightedCounts {
  const { mated, nonMatedFirst, nonMatedSecond } = ranked;
  const { mated: matedWeights, pair } = weights;
  const itself = pair.length - 1;
  const fill = (from: number, { mated: matedBelow, nonMated: nonMatedBelow }: CountsWithin): void => {
    const { added } = weights;
    let matedWeight = 0;
    let nonMatedWeight = 0;
    let m = points.falseNonMatches[from]!;
    let n = points.nonMatedCount - points.falseMatches[from]!;
    for (let offset = 0; offset < matedBelow.length; offset++) {
      const matedEnd = points.falseNonMatches[from + offset]!;
      const nonMatedEnd = points.nonMatedCount - points.falseMatches[from + offset]!;
      for (; m < matedEnd; m++) matedWeight += matedWeights[mated[m]!]!;
      for (; n < nonMatedEnd; n++) {
        const first = nonMatedFirst[n]!;
        const second = nonMatedSecond[n]!;
        nonMatedWeight += pair[first]! * pair[first === second ? itself : second]! + added;
      }
      matedBelow[offset] = matedWeight;
      nonMatedBelow[offset] = nonMatedWeight;
    }
  };
  let all: CountsWithin | undefined;
  return {
    between: (from, to) => {
      const counts = { mated: new Float64Array(to - from), nonMated: new Float64Array(to - from) };
      fill(from, counts);
      return counts;
    },
    everywhere: ({ matedCount, nonMatedCount }) => {
      const length = points.thresholds.length;
      all ??= { mated: new Float64Array(length), nonMated: new Float64Array(length) };
      fill(0, all);
      const falseMatches = all.nonMated;
      for (let index = 0; index < length; index++) falseMatches[index] = nonMatedCount - falseMatches[index]!;
      return { thresholds: points.thresholds, falseMatches, falseNonMatches: all.mated, matedCount, nonMatedCount };
    },
  };
}
