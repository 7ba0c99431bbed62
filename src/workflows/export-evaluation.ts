import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCurvesCsv, retrievalCsv, scoreCountsCsv } from '../charts/figure-csv.ts';
import { RequestError } from '../contract/request-error.ts';
import type { EvaluationReport } from '../contract/requests/evaluations.ts';
import type { EvaluationRecord } from '../store/evaluations.ts';
import { findScores } from '../store/evaluations.ts';
import { evaluationCharts } from './evaluation-charts.ts';
import type { Workbench } from './workbench.ts';

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
  const folder = await newFolder(wanted ?? join(workbench.home, 'exports'), report);
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
    await writeScores(join(folder, name), scores, evaluation.samples);
    scoreFiles.push(name);
  }
  return { folder, files: [...Object.keys(texts), ...scoreFiles] };
}

async function newFolder(parent: string, report: EvaluationReport): Promise<string> {
  const words = `${report.modelName} on ${report.datasetName}`.normalize('NFKD').replace(/[^\w]+/g, '-').slice(0, 60);
  const moment = new Date().toISOString().slice(0, 19).replaceAll(':', '-');
  const folder = join(parent, `${words}-${moment}-${report.id.slice(-6)}`.toLowerCase());
  try {
    await mkdir(folder, { recursive: true });
    return folder;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new RequestError('storage', `The folder ${folder} cannot be made (${reason}). Choose another folder to export to.`);
  }
}

/** Lines are written a good many at a time: an evaluation can have millions. */
const linesPerWrite = 5000;

async function writeScores(file: string, scores: Float64Array, samples: EvaluationRecord['samples']): Promise<void> {
  const stream = createWriteStream(file);
  let lines = ['score,mated,subject_a,subject_b,sample_a,sample_b\n'];
  let pair = 0;
  for (const [i, first] of samples.entries()) {
    for (const second of samples.slice(i + 1)) {
      const mated = first.subject === second.subject ? 1 : 0;
      lines.push([scores[pair++], mated, ...[first.subject, second.subject, first.path, second.path].map(quoted)].join(',') + '\n');
      if (lines.length < linesPerWrite) continue;
      if (!stream.write(lines.join(''))) await once(stream, 'drain');
      lines = [];
    }
  }
  stream.end(lines.join(''));
  await once(stream, 'finish');
}

/** RFC 4180; an apostrophe keeps a spreadsheet from running a name as a formula. */
export function quoted(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
