import type { SliceRate, SliceReport, ZooReport } from '../contract/requests/explore.ts';
import type { ScoredSystem } from '../contract/requests/evaluations.ts';
import type { Estimate } from '../contract/vocabulary.ts';
import type { MatchCurves } from './cmc-chart.ts';
import type { DiscardSteps } from './discard-chart.ts';
import type { ErrorCurves } from './error-curves.ts';
import type { GroupMark } from './group-marks.ts';
import type { ScoreCounts } from './score-histogram.ts';
import type { TrainingRun } from './training-series.ts';

type Cell = string | number | boolean | null;

/** The points behind a ROC or DET chart. */
export function errorCurvesCsv({ curves }: ErrorCurves): string {
  const rows = curves.flatMap(({ name, points }) =>
    points.map(({ threshold, fmr, fnmr, low, high }) => [name, threshold, fmr, fnmr, 1 - fnmr, low, high]));
  return csvFile(['system', 'threshold', 'fmr', 'fnmr', 'tmr', 'fnmr_low_95', 'fnmr_high_95'], rows);
}

/** The shares behind a cumulative match characteristic; N stands in every line, because a rank means nothing without it. */
export function cmcCsv({ curves, enrolled }: MatchCurves): string {
  return csvFile(['system', 'enrolled', 'rank', 'rate', 'low_95', 'high_95'], curves.flatMap(({ name, ranks }) => ranks.map(({ rank, rate }): Cell[] => [name, enrolled, rank, rate.value, rate.low, rate.high])));
}

/** The points behind the curve of an open-set identification. */
export function openSetCsv({ curves }: ErrorCurves): string {
  return csvFile(['system', 'threshold', 'fpir', 'fnir'], curves.flatMap(({ name, points }) => points.map(({ threshold, fmr, fnmr }) => [name, threshold, fmr, fnmr])));
}

/** The steps behind an error-versus-discard characteristic. */
export function discardCsv({ steps, column }: DiscardSteps): string {
  return csvFile(['quality', 'discarded', 'fnmr'], steps.map(({ discarded, error }) => [column, discarded, error]));
}

/** The bins behind a score histogram. */
export function scoreCountsCsv({ edges, mated, nonMated }: ScoreCounts): string {
  const rows = mated.map((count, index) => [edges[index]!, edges[index + 1]!, count, nonMated[index]!]);
  return csvFile(['from', 'to', 'mated', 'non_mated'], rows);
}

/** The retrieval figures of every system that has some, one a line. */
export function retrievalCsv(systems: readonly Pick<ScoredSystem, 'name' | 'retrieval'>[]): string {
  const rows = systems.flatMap(({ name, retrieval }): Cell[][] => {
    if (retrieval === null) return [];
    const row = (figure: string, { value, low, high }: Estimate): Cell[] => [name, figure, value, low, high];
    const { clustering } = retrieval;
    return [
      ...retrieval.recallAtK.map(({ k, recall }) => row(`recall@${k}`, recall)),
      row('precision@1', retrieval.precisionAt1),
      row('r_precision', retrieval.rPrecision),
      row('map@r', retrieval.meanAveragePrecisionAtR),
      ...(clustering === null ? [] : [[name, 'nmi', clustering.nmi, null, null], [name, 'ami', clustering.ami, null, null]]),
      [name, 'searches', retrieval.queries, null, null],
    ];
  });
  return csvFile(['system', 'figure', 'value', 'low_95', 'high_95'], rows);
}

/** Every step and epoch behind the curves of a training. Steps come first; an epoch's row has no loss of its own. */
export function trainingCsv(runs: readonly TrainingRun[]): string {
  const header = ['run', 'kind', 'step', 'epoch', 'loss', 'learning_rate', 'active_share', 'positive_distance', 'negative_distance', 'mean_norm', 'mean_cosine', 'validation_eer', 'kept'];
  const rows = runs.flatMap(({ name, steps, epochs }): Cell[][] => [
    ...steps.map((step): Cell[] => [name, 'step', step.step, null, step.loss, step.learningRate, step.activeShare, step.positiveDistance, step.negativeDistance, step.meanNorm, step.meanCosine, null, null]),
    ...epochs.map((epoch): Cell[] => [name, 'epoch', epoch.step, epoch.epoch + 1, null, null, null, null, null, null, null, epoch.validationEer, epoch.kept]),
  ]);
  return csvFile(header, rows);
}

/** The points of the zoo plot. */
export function zooCsv({ subjects }: ZooReport): string {
  const rows = subjects.map(({ subject, matedMean, matedCount, nonMatedMean, nonMatedCount, animal }) => [subject, matedMean, matedCount, nonMatedMean, nonMatedCount, animal]);
  return csvFile(['subject', 'mated_mean', 'mated_comparisons', 'non_mated_mean', 'non_mated_comparisons', 'animal'], rows);
}

/** Every rate of the slices, those between groups included. */
export function slicesCsv({ column, threshold, groups, fnmr, fmr }: SliceReport): string {
  const row = (figure: string, names: [string, string], { rate, reason, comparisons, subjects }: SliceRate): Cell[] =>
    [figure, column, threshold, ...names, rate?.value ?? null, rate?.low ?? null, rate?.high ?? null, rate?.errors ?? null, comparisons, subjects, reason];
  const rows = groups.flatMap(({ name }, at) => [
    row('fnmr', [name, name], fnmr[at]!),
    ...groups.slice(at).map((other, after) => row('fmr', [name, other.name], fmr[at]![at + after]!)),
  ]);
  return csvFile(['figure', 'column', 'threshold', 'group_a', 'group_b', 'rate', 'low_95', 'high_95', 'errors', 'comparisons', 'subjects', 'withheld'], rows);
}

interface MappedSamples {
  points: ArrayLike<number>;
  samples: readonly { subject: string; path: string }[];
  column: string;
  groupOf: ArrayLike<number>;
  groups: readonly GroupMark[];
}

/** The samples of a map with their places. */
export function mapCsv({ points, samples, column, groupOf, groups }: MappedSamples): string {
  return csvFile(['path', 'subject', column, 'x', 'y'], samples.map(({ path, subject }, at) => [path, subject, groups[groupOf[at]!]!.name, points[2 * at]!, points[2 * at + 1]!]));
}

function csvFile(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return [header, ...rows].map((row) => `${row.map(cellText).join(',')}\r\n`).join('');
}

/** RFC 4180 quoting; a text that a spreadsheet would run as a formula is made harmless by a leading apostrophe. */
function cellText(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
