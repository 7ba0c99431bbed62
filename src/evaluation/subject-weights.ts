/**
 * How much comparisons weigh in one resample: a mated one as its subject, a non-mated one of two subjects the product of
 * their `pair` weights and what is `added`. Filled anew in each resample.
 */
export interface SubjectWeights {
  readonly mated: Int32Array; // [subjects]
  /** Whole numbers, as floats: they are multiplied with such. */
  readonly pair: Float64Array; // [subjects + 1], the last one a partner that is the subject itself
  added: 0 | 1;
}

export const subjectWeights = (subjectCount: number): SubjectWeights => ({
  mated: new Int32Array(subjectCount).fill(1), pair: new Float64Array(subjectCount + 1).fill(1), added: 0,
});

/** w_i for a comparison of one subject, w_i w_j for one of two. @param drawn [subjects], how often each was drawn. */
export function weighDrawn(weights: SubjectWeights, drawn: Int32Array): void {
  weights.mated.set(drawn);
  weights.pair.set(drawn);
  weights.pair[drawn.length] = 1;
  weights.added = 0;
}

/**
 * 1 for a comparison of one subject, 1 + s_i s_j for one of two: half of the pairs of subjects count twice, the others
 * not at all. Two different pairs are uncorrelated, with a subject in common or without. @param signs [subjects], 1 or -1.
 */
export function weighHalvedPairs(weights: SubjectWeights, signs: Int32Array): void {
  weights.mated.fill(1);
  weights.pair.set(signs);
  weights.pair[signs.length] = 0;
  weights.added = 1;
}
