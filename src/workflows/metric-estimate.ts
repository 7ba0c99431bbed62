import type { Estimate } from '../contract/vocabulary.ts';
import type { Metric } from '../evaluation/score-metrics.ts';

/** A figure of a score file as the figures of an evaluation are, or the reason why it does not exist. */
export function metricEstimate(metric: Metric): { value: Estimate; reason: null } | { value: null; reason: string } {
  if (typeof metric === 'number') return { value: { value: metric, low: null, high: null }, reason: null };
  if ('error' in metric) return { value: null, reason: metric.error.message };
  return { value: { value: metric.value, low: metric.low, high: metric.high }, reason: null };
}

/** Null where it does not exist. */
export const estimateOfMetric = (metric: Metric): Estimate | null => metricEstimate(metric).value;
