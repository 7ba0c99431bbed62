/**
 * How much comparisons weigh in one resample: a mated one as its subject, a non-mated one of two subjects the product of
 * their `pair` weights and what is `added`. Filled anew in each resample.
 */
export interface SubjectWeights {
  readonly mated: Int32Array; // [subjects]
  /** Whole numbers, as floats: they are multiplied with such. */
  readonly pair: Float64Array; // [subjects + 1], the last one a partner that is the subject itself
  added: 0 | 1;
  /** Every non-mated comparison weighs 1: their sums are known without a pass. */
  nonMatedFixed: boolean;
  /** Another number with other weights of the mated comparisons: what was made of equal ones can be kept. */
  matedDraw: number;
}

export const subjectWeights = (subjectCount: number): SubjectWeights => ({
  mated: new Int32Array(subjectCount).fill(1), pair: new Float64Array(subjectCount + 1).fill(1), added: 0, nonMatedFixed: true, matedDraw: 0,
});

/** w_i for a comparison of one subject, w_i w_j for one of two. @param drawn [subjects], how often each was drawn. */
export function weighDrawn(weights: SubjectWeights, drawn: Int32Array): void {
  setMated(weights, drawn);
  weights.pair.set(drawn);
  weights.pair[drawn.length] = 1;
  Object.assign(weights, { added: 0, nonMatedFixed: false });
}

/** The same mated comparisons, and the non-mated ones as they are. */
export function weighDrawnMated(weights: SubjectWeights, drawn: Int32Array): void {
  setMated(weights, drawn);
  weights.pair.fill(1);
  Object.assign(weights, { added: 0, nonMatedFixed: true });
}

/**
 * 1 for a comparison of one subject, 1 + s_i s_j for one of two: half of the pairs of subjects count twice, the others
 * not at all. Two different pairs are uncorrelated, with a subject in common or without. @param signs [subjects], 1 or -1.
 */
export function weighHalvedPairs(weights: SubjectWeights, signs: Int32Array): void {
  setMated(weights, ones(signs.length));
  weights.pair.set(signs);
  weights.pair[signs.length] = 0;
  Object.assign(weights, { added: 1, nonMatedFixed: false });
}

function setMated(weights: SubjectWeights, mated: Int32Array): void {
  if (mated.every((weight, subject) => weight === weights.mated[subject])) return;
  weights.mated.set(mated);
  weights.matedDraw++;
}

const ones = (count: number): Int32Array => new Int32Array(count).fill(1);
