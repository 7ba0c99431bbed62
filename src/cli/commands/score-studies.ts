import { studyThresholdOrigin } from '../../contract/limits-words.ts';
import type { ScoreFileReport } from '../../contract/requests/score-files.ts';
import type { Writer } from '../../workflows/report/report-words.ts';
import { asRate, confidenceWords, costWords, inPercent, measured, percentWords, plainly, rateWords, thresholdWords, weaklyChosen } from '../../workflows/report/report-words.ts';
import { count } from '../figures.ts';
import { table } from '../table.ts';

type Named<Name extends keyof ScoreFileReport['studies']> = Exclude<NonNullable<ScoreFileReport['studies'][Name]>, { refusal: string }>;

/** What was chosen on the development rows, and what came of it on the others. */
export function describeDevelopment({ development, matedCount: judged }: Pick<ScoreFileReport, 'development' | 'matedCount'>): string[] {
  if (development === null) return [];
  const { matedCount, nonMatedCount, thresholds, calibration } = development;
  const rows = thresholds.map(({ target, threshold, refusal, developmentFmr, fmr, fnmr }) => threshold === null
    ? [rateWords(target), '-', '-', '-', refusal ?? '']
    : [rateWords(target), rateWords(developmentFmr ?? 0), thresholdWords(threshold), fmr === null ? '-' : measured(fmr, asRate), fnmr === null ? '-' : measured(fnmr, inPercent(judged))]);
  const bits = (value: number | null): string => (value === null ? 'infinite' : costWords(value));
  const calibrated = 'refusal' in calibration ? [`Calibration: none. ${calibration.refusal}`] : [table(['Calibration', 'Cllr, bits', 'Minimum Cllr', 'Actual cost', 'Minimum cost'], [
    ['before', calibration.before], ...calibration.maps.map(({ kind, after }) => [kind, after] as const),
  ].map(([kind, costs]) => (costs === null || typeof costs === 'string' ? [String(kind), '-', '-', '-', '-'] : [String(kind), bits(costs!.cllr), bits(costs!.minimumCllr), bits(costs!.actualCost), bits(costs!.minimumCost)])))];
  return [
    `Chosen on the development split (${count(matedCount, 'mated comparison')}, ${count(nonMatedCount, 'non-mated comparison')}), judged on the others:`,
    table(['FMR wanted', 'FMR there', 'Threshold', 'FMR', 'FNMR'], rows), ...weaklyChosen(thresholds, nonMatedCount), '', ...calibrated, '',
  ];
}

/** The studies that were asked for. */
export function describeStudies(report: Pick<ScoreFileReport, 'studies' | 'plan' | 'development'>): string[] {
  const { identification, zoo, discard, slices, normalization } = report.studies;
  const origin = studyThresholdOrigin(report);
  return [
    ...section('Identification', identification, searches), ...section('Zoo', zoo, animals), ...section('Error versus discard', discard, discarding(origin)),
    ...section('Slices', slices, groups(origin)), ...section('Normalisation', normalization, normalized),
  ];
}

function section<Study extends object>(title: string, study: Study | { refusal: string } | undefined, lines: (study: Study) => string[]): string[] {
  if (study === undefined) return [];
  return 'refusal' in study ? [`${title}: none. ${study.refusal}`, ''] : [`${title}:`, ...lines(study), ''];
}

function searches({ enrolled, matedSearches, nonMatedSearches, cmc, openSet }: Named<'identification'>): string[] {
  return [
    `N = ${enrolled} enrolled, ${count(matedSearches, 'search')} with a mate, ${nonMatedSearches} without.`,
    'refusal' in cmc ? cmc.refusal : `Rank 1: ${measured(cmc.rates[0]!, inPercent(matedSearches))}${cmc.rates.length > 4 ? `, rank 5: ${measured(cmc.rates[4]!, inPercent(matedSearches))}` : ''}.`,
    'refusal' in openSet ? openSet.refusal : table(['FPIR wanted', 'FPIR', 'Threshold', 'FNIR', 'DIR, rank 1', 'Support'], openSet.points.map(({ target, fpir, threshold, fnir, dir, support }) =>
      [rateWords(target), rateWords(fpir), thresholdWords(threshold), measured(fnir, inPercent(matedSearches)), measured(dir, inPercent(matedSearches)), support])),
  ];
}

const animals = ({ corners, subjects, failures }: Named<'zoo'>): string[] => [
  `${count(subjects.length, 'subject')}: ${corners.map(({ animal, count: found, chance }) => `${count(found, animal)} (chance ${chance.toPrecision(2)})`).join(', ')}.${failures === 0 ? '' : ` ${count(failures, 'comparison')} with a failure to acquire ${failures === 1 ? 'is' : 'are'} in no mean.`}`,
];

const discarding = (origin: string) => ({ threshold, comparisons, area }: Named<'discard'>): string[] => [
  `FNMR at ${thresholdWords(threshold)} (${origin}) of ${count(comparisons, 'mated comparison')}: ${percentWords(area.level, comparisons)}; on average ${percentWords(area.area, comparisons)} while up to ${confidenceWords(area.upTo)} of lowest quality is set aside (a perfect measure: ${percentWords(area.ideal, comparisons)}).`,
];

/** The groups of a column at one threshold. @param origin of the threshold */
export const groups = (origin: string) => ({ threshold, groups: named, fnmr, fmr }: Named<'slices'>): string[] => {
  const told = ({ rate, reason }: Named<'slices'>['fnmr'][number], write: Writer): string => (rate === null ? (reason ?? '-') : write(rate));
  return [`At the threshold ${thresholdWords(threshold)} (${origin}):`, table(['Group', 'Subjects', 'FNMR', 'FMR within'], named.map(({ name, subjects }, at) => [name, String(subjects), told(fnmr[at]!, inPercent(fnmr[at]!.comparisons)), told(fmr[at]![at]!, asRate)]))];
};

const normalized = ({ cohort, rows }: Named<'normalization'>): string[] => [
  `A cohort of ${cohort}.`,
  table(['Scores', 'EER', "d'"], rows.map(({ kind, eer, dPrime }) => [kind === 'none' ? 'raw' : `${kind.toUpperCase()}-norm`, measured(eer, inPercent()), measured(dPrime, plainly(3))])),
];
