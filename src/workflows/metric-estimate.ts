import type { Estimate } from '../contract/vocabulary.ts';
import type { Metric } from '../evaluation/score-metrics.ts';

/** A figure of a score file as the figures of an evaluation are; null where it does not exist. */
export function estimateOfMetric(metric: Metric): Estimate | null {
  if (typeof metric === 'number') return { value: metric, low: null, high: null };
  if ('error' in metric) return null;
  return { value: metric.value, low: metric.low, high: metric.high };
}
