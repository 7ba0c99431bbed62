import { cohortWords, columnsOf, developmentAbsence, normalizationOf, searchesAbsence } from '../../contract/protocol-absences.ts';
import { studyThresholdOrigin } from '../../contract/limits-words.ts';
import type { ProtocolReport } from '../../contract/requests/protocols.ts';
import type { DiscardReport } from '../../contract/requests/explore.ts';
import type { DevelopmentFigures, ScoreFileReport } from '../../contract/requests/score-files.ts';
import { groupSections } from './group-sections.ts';
import type { ReportSection } from './report-document.ts';
import { asRate, costWords, inPercent, measured, plainly, rateWords, thresholdWords, weaklyChosen } from './report-words.ts';

type Report = Omit<ProtocolReport, 'files'>;

/** What is looked at beside the figures; what these comparisons cannot give is said in its place. */
export function protocolStudies(report: Report, charts: readonly string[]): ReportSection[] {
  const { manifest: { source }, figures: { development, matedCount, studies: { identification, zoo } } } = report;
  const absent = searchesAbsence(source);
  const people = zoo === undefined || 'refusal' in zoo ? null : zoo;
  const { studies, slices, discards } = columnsOf(report);
  return [
    development === null ? { title: 'Thresholds and calibration', lines: [developmentAbsence(source)] } : chosen(development, matedCount),
    normalization(report),
    ...(identification !== undefined ? [searches(identification, charts.filter((file) => file === 'cmc.svg'))] : absent === null ? [] : [{ title: 'Identification', lines: [absent] }]),
    ...groupSections({ zoo: people, slices: studies?.slices ?? [], discards: studies?.discards ?? [], origin: studyThresholdOrigin(report.figures) }, charts),
    ...(slices === null ? [] : [{ title: 'Groups', lines: [slices] }]),
    ...(discards === null ? [] : [{ title: 'Error versus discard', lines: [discards] }]),
    ...(studies === null || studies.refused.length === 0 ? [] : [{ title: 'Columns that say nothing', lines: studies.refused.map(({ column, reason }) => `${column}: ${reason}`) }]),
  ];
}

/** What the figures of the studies show. */
export function protocolFigures(report: Report): { subjects: number; discards: readonly DiscardReport[] } {
  const { zoo } = report.figures.studies;
  return { subjects: zoo === undefined || 'refusal' in zoo ? 0 : zoo.subjects.length, discards: columnsOf(report).studies?.discards ?? [] };
}

/** @param judged mated comparisons that the choice is judged on */
function chosen({ matedCount, nonMatedCount, thresholds, calibration }: DevelopmentFigures, judged: number): ReportSection {
  const bits = (value: number | null): string => (value === null ? 'infinite' : costWords(value));
  const rows = thresholds.map(({ target, threshold, developmentFmr, fmr, fnmr }) => threshold === null
    ? [rateWords(target), 'none', '-', '-', '-']
    : [rateWords(target), thresholdWords(threshold), rateWords(developmentFmr ?? 0), fmr === null ? '-' : measured(fmr, asRate), fnmr === null ? '-' : measured(fnmr, inPercent(judged))]);
  const costs = 'refusal' in calibration ? [] : [['before', calibration.before] as const, ...calibration.maps.map(({ kind, after }) => [`after ${kind} calibration`, after] as const)];
  return {
    title: 'Thresholds and calibration',
    lines: [`Chosen on the development split (${matedCount.toLocaleString('en-GB')} mated, ${nonMatedCount.toLocaleString('en-GB')} non-mated comparisons), judged on the others.`, ...thresholds.flatMap(({ target, refusal }) => (refusal === null ? [] : [`None for an FMR of ${rateWords(target)}: ${refusal}`])), ...weaklyChosen(thresholds, nonMatedCount), ...('refusal' in calibration ? [`No calibration: ${calibration.refusal}`] : [])],
    tables: [
      { head: ['FMR wanted', 'Threshold', 'FMR there', 'FMR here', 'FNMR here'], rows },
      ...(costs.length === 0 ? [] : [{ head: ['Scores', 'Cllr, bits', 'Minimum Cllr', 'Actual cost', 'Minimum cost'], rows: costs.map(([name, one]) => (one === null ? [name, '-', '-', '-', '-'] : [name, bits(one.cllr), costWords(one.minimumCllr), costWords(one.actualCost), costWords(one.minimumCost)])) }]),
    ],
  };
}

function normalization(report: Report): ReportSection {
  const title = 'Score normalisation';
  const [found, percent] = [normalizationOf(report), inPercent(report.figures.matedCount)];
  if ('refusal' in found) return { title, lines: [found.refusal] };
  const targets = found.rows.flatMap(({ fnmrAtFmr }) => ('error' in fnmrAtFmr ? [] : [fnmrAtFmr]))[0]?.filter(({ support }) => support !== 'unsupported').map(({ target }) => target) ?? [];
  return {
    title, lines: [`By ${cohortWords(report, found.cohort)}, none of whom is judged.`],
    tables: [{
      head: ['Scores', 'EER', "d'", ...targets.map((target) => `FNMR at FMR ${rateWords(target)}`)],
      rows: found.rows.map(({ kind, eer, dPrime, fnmrAtFmr }) => [
        kind === 'none' ? 'raw' : `${kind.toUpperCase()}-norm`, measured(eer, percent), measured(dPrime, plainly(3)),
        ...targets.map((target) => ('error' in fnmrAtFmr ? '-' : measured(fnmrAtFmr.find((one) => one.target === target)!.fnmr, percent))),
      ]),
    }],
  };
}

function searches(identification: NonNullable<ScoreFileReport['studies']['identification']>, charts: readonly string[]): ReportSection {
  const title = 'Identification';
  if ('refusal' in identification) return { title, lines: [identification.refusal] };
  const { enrolled, matedSearches, nonMatedSearches, cmc, openSet } = identification;
  const rates = 'refusal' in cmc ? [] : cmc.rates;
  const points = 'refusal' in openSet ? [] : openSet.points;
  return {
    title,
    lines: [`N = ${enrolled} enrolled, ${matedSearches} searches with a mate, ${nonMatedSearches} without. DIR at rank 1 is 1 - FNIR.`, ...[cmc, openSet].flatMap((one) => ('refusal' in one ? [one.refusal] : []))],
    tables: [
      ...(rates.length === 0 ? [] : [{ head: ['Rank', 'Mate found (CMC)'], rows: rates.flatMap((rate, at) => ([1, 2, 5, 10, 20].includes(at + 1) ? [[String(at + 1), measured(rate, inPercent(matedSearches))]] : [])) }]),
      ...(points.length === 0 ? [] : [{ head: ['FPIR wanted', 'FPIR achieved', 'Threshold', 'FNIR', 'DIR', 'Support'], rows: points.map(({ target, fpir, threshold, fnir, dir, support }) => (support === 'unsupported'
        ? [rateWords(target), '-', '-', '-', '-', 'too few searches']
        : [rateWords(target), rateWords(fpir), thresholdWords(threshold), measured(fnir, inPercent(matedSearches)), measured(dir, inPercent(matedSearches)), support])) }]),
    ],
    charts,
  };
}

