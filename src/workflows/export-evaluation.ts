import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCurvesCsv, retrievalCsv, scoreCountsCsv } from '../charts/figure-csv.ts';
import type { EvaluationRecord } from '../store/evaluations.ts';
import { findScores } from '../store/evaluations.ts';
import { evaluationCharts } from './evaluation-charts.ts';
import { newExportFolder } from './new-export-folder.ts';
import type { Workbench } from './workbench.ts';
import { writeLines } from './write-lines.ts';

/**
 * Writes an evaluation into a new folder: the report, every score with its two samples, the curves, and charts.
 *
 * @throws RequestError('storage') when the folder cannot be made.
 */
export async function exportEvaluation(
  workbench: Workbench,
  evaluation: EvaluationRecord,
  wanted: string | null,
): Promise<{ folder: string; files: string[] }> {
  const { report } = evaluation;
  const folder = await newExportFolder(wanted ?? join(workbench.home, 'exports'), { words: `${report.modelName} on ${report.datasetName}`, id: report.id });
  const { systems, counts } = report;
  const curves = { curves: systems.map(({ name, curve }) => ({ name, points: curve })), mated: counts.mated, nonMated: counts.nonMated };
  const texts: Record<string, string> = {
    'report.json': `${JSON.stringify(report, null, 2)}\n`,
    'roc.csv': errorCurvesCsv(curves),
    'retrieval.csv': retrievalCsv(systems),
    'histogram.csv': scoreCountsCsv(systems[0]!.histogram),
    ...evaluationCharts(report),
  };
  for (const [name, text] of Object.entries(texts)) await writeFile(join(folder, name), text);
  const scoreFiles: string[] = [];
  for (const { kind } of systems) {
    const name = kind === 'model' ? 'scores.csv' : `scores-${kind}.csv`;
    const scores = findScores(workbench.store.database, report.id, kind);
    if (scores === undefined) continue;
    await writeLines(join(folder, name), scoreLines(scores, evaluation.samples));
    scoreFiles.push(name);
  }
  return { folder, files: [...Object.keys(texts), ...scoreFiles] };
}

function* scoreLines(scores: Float64Array, samples: EvaluationRecord['samples']): Generator<string, void> {
  yield 'score,mated,subject_a,subject_b,sample_a,sample_b\n';
  let pair = 0;
  for (const [i, first] of samples.entries()) {
    for (let j = i + 1; j < samples.length; j++) {
      const second = samples[j]!;
      const mated = first.subject === second.subject ? 1 : 0;
      yield [scores[pair++], mated, ...[first.subject, second.subject, first.path, second.path].map(quoted)].join(',') + '\n';
    }
  }
}

/** RFC 4180; an apostrophe keeps a spreadsheet from running a name as a formula. */
export function quoted(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
