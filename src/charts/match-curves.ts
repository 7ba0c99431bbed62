import type { SearchFigures } from '../contract/requests/score-files.ts';
import type { MatchCurves } from './cmc-chart.ts';

/** The closed set of searches that come in rows of scores, without intervals; null where no search has its mate, which `cmc` says. */
export const matchCurves = (name: string, { enrolled, cmc }: SearchFigures): MatchCurves | null =>
  ('refusal' in cmc ? null : { enrolled, curves: [{ name, ranks: cmc.rates.map((value, at) => ({ rank: at + 1, rate: { value, low: null, high: null } })) }] });
