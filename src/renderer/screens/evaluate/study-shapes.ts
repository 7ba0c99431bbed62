import { searchEstimate } from '../../../charts/match-curves.ts';
import type { DiscardReport } from '../../../contract/requests/explore.ts';
import type { DevelopmentFigures, DiscardFigures, NormalizedFigures, SearchFigures } from '../../../contract/requests/score-files.ts';
import type { SystemDetail } from '../../../contract/requests/system-detail.ts';
import type { OpenSetFigures } from './detail/identification-view.tsx';
import { estimateOf, reasonOf } from './metric-words.ts';

// The studies of scores that come in rows take the shape that the panels of an evaluation show.

export const calibrationShape = (calibration: DevelopmentFigures['calibration']): SystemDetail['calibration'] =>
  ('refusal' in calibration ? { refusal: calibration.refusal, fittedOn: null, before: null, maps: [] } : { refusal: null, fittedOn: calibration.fittedOn, before: calibration.before, maps: [...calibration.maps] });

export const openSetShape = ({ enrolled, matedSearches, nonMatedSearches, openSet }: SearchFigures): OpenSetFigures | null =>
  ('refusal' in openSet ? null : { enrolled, matedSearches, nonMatedSearches, points: openSet.points.map(({ fnir, dir, ...point }) => ({ ...point, fnir: searchEstimate(fnir), dir: searchEstimate(dir) })) });

export const discardShape = ({ threshold, comparisons, steps, area: { upTo, area, ideal, level } }: DiscardFigures): DiscardReport => ({
  column: 'quality', threshold, comparisons, unknown: 0,
  steps: steps.map(({ discarded, fnmr, quality }) => ({ discarded, error: fnmr, quality })),
  area: { largest: upTo, value: area, ideal, level },
});

/** Refused as a whole where a figure of one of the norms does not exist. */
export function normalizationShape({ rows }: NormalizedFigures): Pick<SystemDetail['normalization'], 'refusal' | 'rows'> {
  const shaped: SystemDetail['normalization']['rows'] = [];
  for (const { kind, eer, dPrime, fnmrAtFmr } of rows) {
    const rate = estimateOf(eer);
    if (rate === null) return { refusal: reasonOf(eer), rows: [] };
    const points = 'error' in fnmrAtFmr ? [] : fnmrAtFmr.flatMap(({ target, fnmr }) => {
      const estimate = estimateOf(fnmr);
      return estimate === null ? [] : [{ target, fnmr: estimate }];
    });
    shaped.push({ kind, eer: rate, dPrime: estimateOf(dPrime)?.value ?? null, fnmrAtFmr: points });
  }
  return { refusal: null, rows: shaped };
}
