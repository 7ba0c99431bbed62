import type { ComparedFigure } from '../../contract/requests/comparisons.ts';
import type { ScoredSystem } from '../../contract/requests/evaluations.ts';
import { spreadOf } from '../../contract/requests/evaluations.ts';
import type { ScoreFileReport } from '../../contract/requests/score-files.ts';
import type { Estimate } from '../../contract/vocabulary.ts';
import type { Figure } from '../../evaluation/figure.ts';
import { rateWords } from '../../evaluation/number-words.ts';
import { areaFigure, dPrimeFigure, equalErrorFigure, fnmrAtTarget } from '../../evaluation/resampled-figures.ts';
import { estimateOfMetric } from '../metric-estimate.ts';
import { targets } from '../system-figures.ts';

interface Row extends ComparedFigure {
  readonly figure: Figure;
  readonly ofSystem: (system: ScoredSystem) => Estimate | null;
  readonly ofScores: (report: ScoreFileReport) => Estimate | null;
}

/** The rows of a comparison: how each is read of an evaluation, of a score file, and of a resample of scores. */
export const comparedRows: readonly Row[] = [
  {
    key: 'eer', label: 'EER', unit: 'rate', better: 'lower', figure: equalErrorFigure,
    ofSystem: ({ eer }) => eer, ofScores: ({ eer }) => estimateOfMetric(eer),
  },
  ...targets.map((target): Row => ({
    key: `fnmr at ${target}`, label: `FNMR at FMR ${rateWords(target)}`, unit: 'rate', better: 'lower', figure: fnmrAtTarget(target),
    ofSystem: ({ fnmrAtFmr }) => fnmrAtFmr.find((one) => one.target === target)?.fnmr ?? null,
    ofScores: ({ fnmrAtFmr }) => {
      const found = 'error' in fnmrAtFmr ? undefined : fnmrAtFmr.find((one) => one.target === target);
      return found === undefined || found.support === 'unsupported' ? null : estimateOfMetric(found.fnmr);
    },
  })),
  {
    key: 'auc', label: 'AUC', unit: 'number', better: 'higher', figure: areaFigure,
    ofSystem: ({ auc }) => auc, ofScores: ({ auc }) => estimateOfMetric(auc),
  },
  {
    key: 'dPrime', label: "d'", unit: 'number', better: 'higher', figure: dPrimeFigure,
    ofSystem: spreadOf, ofScores: ({ dPrime }) => estimateOfMetric(dPrime),
  },
];

export const comparedFigures: readonly ComparedFigure[] = comparedRows.map(({ key, label, unit, better }) => ({ key, label, unit, better }));
