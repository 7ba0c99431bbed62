import type { NamedFigure, SystemDetail } from '../../contract/requests/system-detail.ts';
import type { ReportSection } from './report-document.ts';
import type { Writer } from './report-words.ts';
import { asRate, costWords, inPercent, plainly, rateWords } from './report-words.ts';

/** Operating points, calibration, normalisation and identification of a system. */
export function detailSections(detail: SystemDetail, { mated, charts }: { mated: number; charts: readonly string[] }): ReportSection[] {
  return [operating(detail, mated), calibration(detail), normalization(detail, inPercent(mated)), identification(detail, charts)];
}

function operating({ figures }: SystemDetail, mated: number): ReportSection {
  const writerOf = ({ key, unit }: Pick<NamedFigure, 'key' | 'unit'>): Writer => (key === 'zeroFnmr' ? asRate : unit === 'rate' ? inPercent(mated) : plainly());
  return {
    title: 'Operating points and costs', lines: [
      'Costs are normalised: false match and false non-match cost 1 each, one comparison in a hundred is mated.',
      'ZeroFMR and ZeroFNMR have no interval: they hang on the one worst score, and no resample shows a worse one. What no error proves stands among the limits.',
    ],
    tables: [{ head: ['Figure', 'Value'], rows: figures.map(({ label, value, reason, ...kind }) => [label, value === null ? `none: ${reason ?? ''}` : writerOf(kind)(value)]) }],
  };
}

function calibration({ calibration: { refusal, fittedOn, before, maps } }: SystemDetail): ReportSection {
  const title = 'Calibration';
  if (before === null) return { title, lines: [refusal ?? 'None.'] };
  const bits = (value: number | null): string => (value === null ? 'infinite' : costWords(value));
  const row = (name: string, costs: typeof before | null): string[] =>
    (costs === null ? [name, '-', '-', '-', '-'] : [name, bits(costs.cllr), costWords(costs.minimumCllr), costWords(costs.actualCost), costWords(costs.minimumCost)]);
  return {
    title, lines: [`Fitted on ${fittedOn?.mated ?? 0} mated and ${fittedOn?.nonMated ?? 0} non-mated comparisons of the validation identities, judged on these.`, ...maps.flatMap(({ kind, refusal: why }) => (why === null ? [] : [`${kind}: ${why}`]))],
    tables: [{ head: ['Scores', 'Cllr, bits', 'Minimum Cllr', 'Actual cost', 'Minimum cost'], rows: [row('before', before), ...maps.map(({ kind, after }) => row(`after ${kind} calibration`, after))] }],
  };
}

function normalization({ normalization: { refusal, cohort, rows } }: SystemDetail, write: Writer): ReportSection {
  const title = 'Score normalisation';
  if (rows.length === 0) return { title, lines: [refusal ?? 'None.'] };
  const targets = rows[0]!.fnmrAtFmr.map(({ target }) => target);
  return {
    title, lines: [`By a cohort of ${cohort?.samples ?? 0} samples of ${cohort?.subjects ?? 0} validation subjects, none of whom is judged.`],
    tables: [{
      head: ['Scores', 'EER', "d'", ...targets.map((target) => `FNMR at FMR ${rateWords(target)}`)],
      rows: rows.map(({ kind, eer, dPrime, fnmrAtFmr }) => [kind === 'none' ? 'raw' : `${kind.toUpperCase()}-norm`, write(eer), dPrime?.toFixed(3) ?? '-', ...fnmrAtFmr.map(({ fnmr }) => write(fnmr))]),
    }],
  };
}

const shownRanks = new Set([1, 2, 5, 10, 20]);

function identification({ identification: { refusal, closedSet, openSet } }: SystemDetail, charts: readonly string[]): ReportSection {
  const lines = [
    ...(refusal === null ? [] : [refusal]),
    ...(closedSet === null ? [] : [`Closed set: N = ${closedSet.enrolled} enrolled by their first image, ${closedSet.searches} searches.`]),
    ...(openSet === null ? [] : [`Open set: N = ${openSet.enrolled}, every second subject; ${openSet.matedSearches} searches with a mate, ${openSet.nonMatedSearches} without. DIR at rank 1 is 1 - FNIR.`]),
  ];
  const cmc = closedSet?.cmc.filter(({ rank }) => shownRanks.has(rank)) ?? [];
  const points = openSet?.points ?? [];
  return {
    title: 'Identification', lines,
    tables: [
      ...(cmc.length === 0 ? [] : [{ head: ['Rank', 'Mate found (CMC)'], rows: cmc.map(({ rank, rate }) => [String(rank), inPercent(closedSet!.searches)(rate)]) }]),
      ...(points.length === 0 ? [] : [{
        head: ['FPIR wanted', 'FPIR achieved', 'Threshold', 'FNIR', 'DIR', 'Support'],
        rows: points.map(({ target, fpir, threshold, fnir, dir, support }) => (support === 'unsupported'
          ? [rateWords(target), '-', '-', '-', '-', 'too few searches']
          : [rateWords(target), rateWords(fpir), threshold.toPrecision(6), inPercent(openSet!.matedSearches)(fnir), inPercent(openSet!.matedSearches)(dir), support])),
      }]),
    ],
    charts,
  };
}
