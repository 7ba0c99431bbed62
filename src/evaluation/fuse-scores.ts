import type { Scores } from './score-set.ts';
import { EvaluationError } from './score-set.ts';

/**
 * How scores of several fingers, samples or comparators become one (score-level fusion, ISO/IEC TR 24722; Kittler et al., IEEE PAMI 20,
 * 1998). The sum is a mean, so that it is in the measure of its parts. Logistic is a weighted sum whose weights were fitted on
 * development scores (`logisticFusion`).
 */
export type FusionRule = 'sum' | 'max' | LogisticFusion;

export interface LogisticFusion {
  /** One weight a source; the fused score is a natural log-likelihood ratio. */
  readonly weights: readonly number[];
  readonly offset: number;
  /** What a source says that has failed: its middle score, between the mated and the non-mated. */
  readonly neutral: readonly number[];
}

/**
 * @param sources one array a source, all about the same comparisons in the same order; -Infinity is a failure to acquire.
 * @returns a score a comparison. Of a comparison with failures the sources that remain speak; where all failed it is -Infinity.
 * @throws EvaluationError shape-mismatch where sources differ in length, are none, or are not as many as the rule has weights.
 */
export function fuseScores(sources: readonly Scores[], rule: FusionRule): Float64Array {
  const count = comparisonsOf(sources);
  if (typeof rule === 'object' && rule.weights.length !== sources.length) {
    throw new EvaluationError('shape-mismatch', `The fusion has ${rule.weights.length} weights for ${sources.length} sources.`);
  }
  return Float64Array.from({ length: count }, (_, index) => fuseOne(sources.map((source) => source[index]!), rule));
}

function fuseOne(scores: readonly number[], rule: FusionRule): number {
  const present = scores.filter((score) => score > -Infinity);
  if (present.length === 0) return -Infinity;
  if (rule === 'max') return Math.max(...present);
  if (rule === 'sum') return present.reduce((sum, score) => sum + score, 0) / present.length;
  return scores.reduce((sum, score, source) => sum + rule.weights[source]! * (score > -Infinity ? score : rule.neutral[source]!), rule.offset);
}

/** As many comparisons as every source has scores of. */
export function comparisonsOf(sources: readonly Scores[]): number {
  const count = sources[0]?.length;
  if (count === undefined) throw new EvaluationError('shape-mismatch', 'Nothing can be fused without a source of scores.');
  const odd = sources.find((source) => source.length !== count);
  if (odd !== undefined) throw new EvaluationError('shape-mismatch', `Sources of ${count} and of ${odd.length} scores are not about the same comparisons.`);
  return count;
}
