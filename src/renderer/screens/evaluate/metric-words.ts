import type { Metric } from '../../../evaluation/score-metrics.ts';
import type { Estimate } from '../../../contract/vocabulary.ts';

/** A figure of a score file as a figure of an evaluation; null where it does not exist. */
export function estimateOf(metric: Metric): Estimate | null {
  if (typeof metric === 'number') return { value: metric, low: null, high: null };
  return 'error' in metric ? null : { value: metric.value, low: metric.low, high: metric.high };
}

/** Why a figure does not exist; null where it does. */
export const reasonOf = (metric: Metric): string | null => (typeof metric !== 'number' && 'error' in metric ? metric.error.message : null);
