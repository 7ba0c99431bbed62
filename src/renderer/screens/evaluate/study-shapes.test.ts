import { expect, it } from 'vitest';
import { matchCurves } from '../../../charts/match-curves.ts';
import type { NormalizedFigures, SearchFigures } from '../../../contract/requests/score-files.ts';
import { calibrationShape, discardShape, normalizationShape, openSetShape } from './study-shapes.ts';

const searches: SearchFigures = {
  enrolled: 7, matedSearches: 14, nonMatedSearches: 4, cmc: { rates: [0.5, 1] },
  openSet: { points: [{ target: 0.1, support: 'weak', fpir: 0, threshold: 0.6, fnir: 0.25, dir: 0.75 }] },
};

it('numbers the ranks of a closed set from one, with N beside them', () => {
  const none = { low: null, high: null };
  expect(matchCurves('Faces', searches)).toEqual({ enrolled: 7, curves: [{ name: 'Faces', ranks: [{ rank: 1, rate: { value: 0.5, ...none } }, { rank: 2, rate: { value: 1, ...none } }] }] });
  expect(openSetShape(searches)).toMatchObject({ enrolled: 7, nonMatedSearches: 4, points: [{ target: 0.1, threshold: 0.6, fnir: { value: 0.25, ...none }, dir: { value: 0.75, ...none } }] });
});

it('draws nothing where a study is refused', () => {
  const refused = { refusal: 'No search has its mate.' };
  expect(matchCurves('Faces', { ...searches, cmc: refused })).toBeNull();
  expect(openSetShape({ ...searches, openSet: refused })).toBeNull();
  expect(calibrationShape(refused)).toMatchObject({ refusal: 'No search has its mate.', before: null, maps: [] });
});

it('keeps what was fitted and what came of it', () => {
  const costs = { cllr: 0.4, minimumCllr: 0.3, actualCost: 0.5, minimumCost: 0.2 };
  const found = { fittedOn: { mated: 24, nonMated: 120 }, before: costs, maps: [{ kind: 'logistic' as const, refusal: null, scale: 9, offset: -4, after: costs }] };
  expect(calibrationShape(found)).toEqual({ refusal: null, ...found });
});

it('reads error versus discard as the explorer does', () => {
  const shaped = discardShape({ threshold: 0.5, comparisons: 9, steps: [{ discarded: 0.1, fnmr: 0.2, quality: 30 }], area: { upTo: 0.2, area: 0.15, ideal: 0.1, level: 0.3 } });
  expect(shaped).toMatchObject({ steps: [{ discarded: 0.1, error: 0.2, quality: 30 }], area: { largest: 0.2, value: 0.15, ideal: 0.1, level: 0.3 } });
});

it('says why a norm has no equal error rate', () => {
  const row: NormalizedFigures['rows'][number] = { kind: 'z', eer: 0.1, dPrime: { value: 2, low: 1, high: 3 }, fnmrAtFmr: [{ target: 0.01, achieved: 0, threshold: 1, fnmr: 0.3, support: 'weak' }] };
  expect(normalizationShape({ cohort: 5, rows: [row] })).toMatchObject({ refusal: null, rows: [{ kind: 'z', eer: { value: 0.1 }, dPrime: 2, fnmrAtFmr: [{ target: 0.01, fnmr: { value: 0.3 } }] }] });
  const without = { ...row, eer: { error: { code: 'no-mated-scores' as const, message: 'No mated score is there.' } } };
  expect(normalizationShape({ cohort: 5, rows: [row, without] })).toEqual({ refusal: 'No mated score is there.', rows: [] });
});
