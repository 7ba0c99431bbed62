import type { ScoreMetrics } from '../score-metrics.ts';
import { DEFAULT_COSTS, DEFAULT_TARGETS, scoreMetrics } from '../score-metrics.ts';

/** The figures of some scores without subjects, for tests of other rooms. */
export function plainMetrics(mated: readonly number[], nonMated: readonly number[]): ScoreMetrics {
  const scores = { mated: Float64Array.from(mated), nonMated: Float64Array.from(nonMated) };
  return scoreMetrics({ scores, attributed: undefined }, { targets: DEFAULT_TARGETS, costs: DEFAULT_COSTS });
}
