import type { EvaluationReport } from '../contract/requests/evaluations.ts';
import { quantile } from '../evaluation/quantile.ts';
import type { EvaluatedSample } from '../store/evaluations.ts';
import type { EmbeddedSamples } from './embed-dataset.ts';

/** The name of the pipeline's judgement among the columns of a dataset, where slices and error versus discard find it. */
export const qualityColumn = 'pipeline quality';

export function evaluatedSample(sample: EvaluatedSample, quality: number | null): EvaluatedSample {
  return quality === null ? sample : { ...sample, quality };
}

/** What the report says of the qualities; null where no pipeline judged anything. */
export function qualityOf({ qualities, several }: Pick<EmbeddedSamples, 'qualities' | 'several'>): NonNullable<EvaluationReport['quality']> | null {
  const sorted = Float64Array.from(qualities.filter((quality) => quality !== null)).sort();
  if (sorted.length === 0) return null;
  return { judged: sorted.length, median: quantile(sorted, 0.5), lowestTenth: quantile(sorted, 0.1), several };
}
