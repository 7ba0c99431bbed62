import type { OperatingPoints } from './error-rates.ts';
import type { RankedPairs } from './ranked-pairs.ts';
import type { SubjectWeights } from './subject-weights.ts';
import type { FillPoints } from './weights-below.ts';

/** Counts mated comparisons below consecutive points under the weights of a resample. @param subjects [mated] in the order of the scores. */
export function fillMated(subjects: Uint32Array, { falseNonMatches }: OperatingPoints, { mated: weights }: SubjectWeights): FillPoints {
  return (result, from, start) => {
    let weight = start;
    let at = falseNonMatches[from]!;
    for (let offset = 0; offset < result.length; offset++) {
      const end = falseNonMatches[from + offset]!;
      for (; at < end; at++) weight += weights[subjects[at]!]!;
      result[offset] = weight;
    }
    return result;
  };
}

/** The same of non-mated comparisons. */
export function fillNonMated({ first, partners }: RankedPairs, { falseMatches, nonMatedCount }: OperatingPoints, weights: SubjectWeights): FillPoints {
  const { pair } = weights;
  return (result, from, start) => {
    const { added } = weights;
    let weight = start;
    let at = nonMatedCount - falseMatches[from]!;
    for (let offset = 0; offset < result.length; offset++) {
      const end = nonMatedCount - falseMatches[from + offset]!;
      for (; at < end; at++) weight += pair[first[at]!]! * pair[partners[at]!]! + added;
      result[offset] = weight;
    }
    return result;
  };
}
