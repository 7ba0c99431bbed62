/** What each subject does to a figure, gathered while resamples are read. */
export interface InfluenceTally {
  /** @param drawn [subjects], how often each subject was drawn. @param value The figure in that resample. */
  readonly add: (drawn: Int32Array, value: number) => void;
  /** [subjects], how much the figure moves when a subject is drawn once more. */
  readonly influence: () => number[];
}

/**
 * The influence of each subject as the covariance of how often it is drawn and of the figure (the infinitesimal jackknife;
 * Efron, "Estimation and accuracy after model selection", JASA 109, 2014, Theorem 1). Leaving subjects out one at a time finds
 * nothing at figures that jump from one score to the next, such as a rate at a threshold that is itself chosen.
 *
 * @param about A value near those that will come, so that no digits are lost.
 */
export function influenceTally(subjectCount: number, about: number): InfluenceTally {
  const draws = new Float64Array(subjectCount);
  const products = new Float64Array(subjectCount);
  let [count, sum] = [0, 0];
  return {
    add: (drawn, value) => {
      const moved = value - about;
      count++;
      sum += moved;
      for (let subject = 0; subject < subjectCount; subject++) {
        draws[subject]! += drawn[subject]!;
        products[subject]! += drawn[subject]! * moved;
      }
    },
    influence: () => Array.from(products, (product, subject) => (product - (draws[subject]! * sum) / count) / count),
  };
}
