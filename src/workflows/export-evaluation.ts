import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cmcCsv, errorCurvesCsv, openSetCsv, retrievalCsv, scoreCountsCsv, zooCsv } from '../charts/figure-csv.ts';
import type { EvaluationReport } from '../contract/requests/evaluations.ts';
import type { KeptPairs } from '../store/evaluation-pairs.ts';
import { findKeptPairs } from '../store/evaluation-pairs.ts';
import type { EvaluatedSample, EvaluationRecord } from '../store/evaluations.ts';
import { findScores } from '../store/evaluations.ts';
import { evaluationCharts, matchCurvesOf, openSetCurves } from './evaluation-charts.ts';
import { fillExportFolder, newExportFolder } from './new-export-folder.ts';
import { quoted } from './quoted.ts';
import { evaluationDocument } from './report/evaluation-sections.ts';
import type { EvaluationStudies } from './report/evaluation-sections.ts';
import type { Explorer } from './report/evaluation-studies.ts';
import { evaluationStudies } from './report/evaluation-studies.ts';
import { groupTables } from './report/group-tables.ts';
import { writeReportFiles } from './report/report-files.ts';
import type { Workbench } from './workbench.ts';
import { writeLines } from './write-lines.ts';

/**
 * Writes an evaluation into a new folder: the report in its forms, the manifest, every score with its two samples, the curves, and charts.
 *
 * @throws RequestError('storage') when the folder cannot be made or filled.
 */
export async function exportEvaluation(
  workbench: Workbench,
  { evaluation, explorer }: { evaluation: EvaluationRecord; explorer: Explorer },
  wanted: string | null,
): Promise<{ folder: string; files: string[] }> {
  const { report } = evaluation;
  const studies = await evaluationStudies(report, explorer);
  const folder = await newExportFolder(wanted ?? join(workbench.home, 'exports'), { words: `${report.modelName} on ${report.datasetName}`, id: report.id });
  return fillExportFolder(folder, () => writeEvaluation(workbench, { evaluation, studies }, folder));
}

async function writeEvaluation({ store: { database } }: Workbench, { evaluation, studies }: { evaluation: EvaluationRecord; studies: EvaluationStudies }, folder: string): Promise<{ folder: string; files: string[] }> {
  const { report } = evaluation;
  const charts = evaluationCharts(report, studies);
  const files = await writeReportFiles(folder, evaluationDocument(report, studies, Object.keys(charts)), { charts, others: tablesOf(report, studies) });
  await writeFile(join(folder, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
  const scoreFiles: string[] = [];
  for (const { kind } of report.systems) {
    const name = kind === 'model' ? 'scores.csv' : `scores-${kind}.csv`;
    const scores = findScores(database, report.id, kind);
    if (scores === undefined) continue;
    await writeLines(join(folder, name), scoreLines(scores, evaluation.samples));
    scoreFiles.push(name);
  }
  const kept = findKeptPairs(database, report.id);
  if (kept !== undefined) {
    await writeLines(join(folder, 'scores-sample.csv'), keptLines(kept, evaluation.samples));
    scoreFiles.push('scores-sample.csv');
  }
  return { folder, files: ['report.json', ...files, ...scoreFiles] };
}

function tablesOf(report: EvaluationReport, { zoo, slices, discards }: EvaluationStudies): Record<string, string> {
  const { systems, counts, thresholds, manifest } = report;
  const curves = { curves: systems.map(({ name, curve }) => ({ name, points: curve })), mated: counts.mated, nonMated: counts.nonMated };
  const [matches, openSet] = [matchCurvesOf(systems), openSetCurves(systems[0]!)];
  return {
    'roc.csv': errorCurvesCsv(curves), 'retrieval.csv': retrievalCsv(systems), 'histogram.csv': scoreCountsCsv(systems[0]!.histogram),
    ...(matches !== null && { 'cmc.csv': cmcCsv(matches) }), ...(openSet !== null && { 'open-set.csv': openSetCsv(openSet) }),
    ...(zoo !== null && { 'zoo.csv': zooCsv(zoo) }),
    ...groupTables({ slices, discards }),
    // Whoever repeats the evaluation compares these figures.
    ...(manifest !== null && { 'manifest.json': `${JSON.stringify({ ...manifest, figures: { systems, thresholds } }, null, 2)}\n` }),
  };
}

const header = 'score,mated,subject_a,subject_b,sample_a,sample_b\n';

/** Of comparisons that are too many to keep: the mated and non-mated ones that were drawn evenly. */
function* keptLines({ first, second, scores, mated, drawn }: KeptPairs, samples: EvaluationRecord['samples']): Generator<string, void> {
  yield header;
  for (let pair = 0; pair < mated + drawn; pair++) yield lineOf(scores[pair]!, samples[first[pair]!]!, samples[second[pair]!]!);
}

function* scoreLines(scores: Float64Array, samples: EvaluationRecord['samples']): Generator<string, void> {
  yield header;
  let pair = 0;
  for (const [i, first] of samples.entries()) {
    for (let j = i + 1; j < samples.length; j++) {
      yield lineOf(scores[pair++]!, first, samples[j]!);
    }
  }
}

function lineOf(score: number, one: EvaluatedSample, other: EvaluatedSample): string {
  return `${[score, one.subject === other.subject ? 1 : 0, ...[one.subject, other.subject, one.path, other.path].map(quoted)].join(',')}\n`;
}
