import type { EvaluationReport } from './requests/evaluations.ts';

/** What a report says of the quality of its samples; empty where no pipeline judged them. */
export function qualitySentence({ quality }: Pick<EvaluationReport, 'quality'>): string {
  if (!quality) return '';
  const several = quality.several === 0 ? '' : ` Of ${quality.several} images with several faces or fingers the largest was taken.`;
  return `Quality of the samples: median ${Math.round(quality.median)} of 100, a tenth at ${Math.round(quality.lowestTenth)} or below.${several}`;
}
