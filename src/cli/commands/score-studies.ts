import type { ScoreFileReport } from '../../contract/requests/score-files.ts';
import { count, percent, smallRate } from '../figures.ts';
import { table } from '../table.ts';

type Metric = ScoreFileReport['eer'];
type Named<Name extends keyof ScoreFileReport['studies']> = Exclude<NonNullable<ScoreFileReport['studies'][Name]>, { refusal: string }>;

export function written(metric: Metric, write: (value: number) => string): string {
  if (typeof metric === 'number') return write(metric);
  if ('error' in metric) return `none: ${metric.error.message}`;
  return `${write(metric.value)} (${write(metric.low)} to ${write(metric.high)})`;
}

/** What was chosen on the development rows, and what came of it on the others. */
export function describeDevelopment({ development }: Pick<ScoreFileReport, 'development'>): string[] {
  if (development === null) return [];
  const { matedCount, nonMatedCount, thresholds, calibration } = development;
  const rows = thresholds.map(({ target, threshold, refusal, developmentFmr, fmr, fnmr }) => threshold === null
    ? [smallRate(target), '-', '-', '-', refusal ?? '']
    : [smallRate(target), smallRate(developmentFmr ?? 0), threshold.toPrecision(6), fmr === null ? '-' : written(fmr, percent), fnmr === null ? '-' : written(fnmr, percent)]);
  const bits = (value: number | null): string => (value === null ? 'infinite' : value.toFixed(4));
  const calibrated = 'refusal' in calibration ? [`Calibration: none. ${calibration.refusal}`] : [table(['Calibration', 'Cllr, bits', 'Minimum Cllr', 'Actual cost', 'Minimum cost'], [
    ['before', calibration.before], ...calibration.maps.map(({ kind, after }) => [kind, after] as const),
  ].map(([kind, costs]) => (costs === null || typeof costs === 'string' ? [String(kind), '-', '-', '-', '-'] : [String(kind), bits(costs!.cllr), bits(costs!.minimumCllr), bits(costs!.actualCost), bits(costs!.minimumCost)])))];
  return [
    `Chosen on the development split (${count(matedCount, 'mated comparison')}, ${count(nonMatedCount, 'non-mated comparison')}), judged on the others:`,
    table(['FMR wanted', 'FMR there', 'Threshold', 'FMR', 'FNMR'], rows), '', ...calibrated, '',
  ];
}

/** The studies that were asked for. */
export function describeStudies({ studies }: Pick<ScoreFileReport, 'studies'>): string[] {
  const { identification, zoo, discard, slices, normalization } = studies;
  return [
    ...section('Identification', identification, searches), ...section('Zoo', zoo, animals), ...section('Error versus discard', discard, discarding),
    ...section('Slices', slices, groups), ...section('Normalisation', normalization, normalized),
  ];
}

function section<Study extends object>(title: string, study: Study | { refusal: string } | undefined, lines: (study: Study) => string[]): string[] {
  if (study === undefined) return [];
  return 'refusal' in study ? [`${title}: none. ${study.refusal}`, ''] : [`${title}:`, ...lines(study), ''];
}

function searches({ enrolled, matedSearches, nonMatedSearches, cmc, openSet }: Named<'identification'>): string[] {
  return [
    `N = ${enrolled} enrolled, ${count(matedSearches, 'search')} with a mate, ${nonMatedSearches} without.`,
    'refusal' in cmc ? cmc.refusal : `Rank 1: ${written(cmc.rates[0]!, percent)}${cmc.rates.length > 4 ? `, rank 5: ${written(cmc.rates[4]!, percent)}` : ''}.`,
    'refusal' in openSet ? openSet.refusal : table(['FPIR wanted', 'FPIR', 'Threshold', 'FNIR', 'DIR, rank 1', 'Support'], openSet.points.map(({ target, fpir, threshold, fnir, dir, support }) =>
      [smallRate(target), smallRate(fpir), threshold.toPrecision(6), written(fnir, percent), written(dir, percent), support])),
  ];
}

const animals = ({ corners, subjects }: Named<'zoo'>): string[] => [
  `${count(subjects.length, 'subject')}: ${corners.map(({ animal, count: found, chance }) => `${count(found, animal)} (chance ${chance.toPrecision(2)})`).join(', ')}.`,
];

const discarding = ({ threshold, comparisons, area }: Named<'discard'>): string[] => [
  `FNMR at ${threshold.toPrecision(6)} of ${count(comparisons, 'mated comparison')}: ${percent(area.level)}; on average ${percent(area.area)} while up to ${percent(area.upTo)} of lowest quality is set aside (a perfect measure: ${percent(area.ideal)}).`,
];

/** The groups of a column at one threshold. */
export function groups({ threshold, groups: named, fnmr, fmr }: Named<'slices'>): string[] {
  const told = ({ rate, reason }: Named<'slices'>['fnmr'][number]): string => (rate === null ? (reason ?? '-') : `${percent(rate.value)} (${percent(rate.low)} to ${percent(rate.high)})`);
  return [`At the threshold ${threshold.toPrecision(6)}:`, table(['Group', 'Subjects', 'FNMR', 'FMR within'], named.map(({ name, subjects }, at) => [name, String(subjects), told(fnmr[at]!), told(fmr[at]![at]!)]))];
}

const normalized = ({ cohort, rows }: Named<'normalization'>): string[] => [
  `A cohort of ${cohort}.`,
  table(['Scores', 'EER', "d'"], rows.map(({ kind, eer, dPrime }) => [kind === 'none' ? 'raw' : `${kind.toUpperCase()}-norm`, written(eer, percent), written(dPrime, (value) => value.toFixed(3))])),
];
