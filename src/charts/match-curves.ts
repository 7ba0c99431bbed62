import type { SearchFigures, SearchRate } from '../contract/requests/score-files.ts';
import type { Estimate } from '../contract/vocabulary.ts';
import type { MatchCurves } from './cmc-chart.ts';

/** A rate of searches that come in rows of scores, as those of an evaluation are. */
export const searchEstimate = (rate: SearchRate): Estimate => (typeof rate === 'number' ? { value: rate, low: null, high: null } : rate);

/** The closed set of searches that come in rows of scores, with the intervals that they have; null where no search has its mate, which `cmc` says. */
export const matchCurves = (name: string, { enrolled, cmc }: SearchFigures): MatchCurves | null =>
  ('refusal' in cmc ? null : { enrolled, curves: [{ name, ranks: cmc.rates.map((value, at) => ({ rank: at + 1, rate: searchEstimate(value) })) }] });
