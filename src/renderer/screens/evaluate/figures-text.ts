import type { EvaluationReport } from '../../../contract/requests/evaluations.ts';
import type { Estimate } from '../../../contract/vocabulary.ts';
import { countWords, intervalWords, percentWords, rateWords } from '../../words/numbers.ts';

/** The figures as text to paste: one line a system, each figure with its interval. */
export function figuresText(report: EvaluationReport): string {
  const { counts } = report;
  const head = `${report.modelName} on ${report.datasetName}, ${report.part}: ${countWords(counts.mated)} mated and ${countWords(counts.nonMated)} non-mated comparisons of ${countWords(counts.subjects)} people. 95 % intervals, bootstrap over people.`;
  const lines = report.systems.map((system) => {
    const atFmr = system.fnmrAtFmr.map((figure) =>
      `FNMR at FMR ${rateWords(figure.target)} ${figure.fnmr ? figureWords(figure.fnmr, counts.mated) : 'not supported by the data'}`);
    return `${system.name}: ${[`EER ${figureWords(system.eer, counts.mated)}`, ...atFmr].join('; ')}.`;
  });
  return [head, ...lines].join('\n').replaceAll('\u00a0', ' ');
}

function figureWords(estimate: Estimate, trials: number): string {
  const interval = intervalWords(estimate, trials);
  return `${percentWords(estimate.value, trials)}${interval ? ` (${interval})` : ''}`;
}
