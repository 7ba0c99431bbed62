import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { RequestError } from '../contract/request-error.ts';
import type { ScoreFilePlan, ScoreFileReport } from '../contract/requests/score-files.ts';
import { EvaluationError } from '../evaluation/score-set.ts';
import type { Progress } from '../evaluation/steps.ts';
import { cellsOf, linesOf } from './csv-lines.ts';
import type { CollectedBoth, GuardedScores } from './guarded-scores.ts';
import { guardedScores } from './guarded-scores.ts';
import { guardedMetricsSteps } from './scores/guarded-metrics.ts';
import { scoreStudies } from './scores/score-studies.ts';
import { studiedColumns } from './scores/studied-columns.ts';

export interface ScoreFileOrder {
  readonly path: string;
  readonly plan: ScoreFilePlan;
}

/** Done and total, of `bytes` and then of `resamples`. */
export interface ScoreFileProgress extends Progress {
  readonly unit: 'bytes' | 'resamples';
}

/**
 * Every figure of a score file. The file streams: what is kept are its scores and subjects, 8 to 16 bytes a row, and some
 * 80 bytes a row while subjects are resampled.
 *
 * @throws RequestError invalid-input for a file that is no such table, with the row and the reason.
 */
export async function* measureScoreFile({ path, plan }: ScoreFileOrder): AsyncGenerator<ScoreFileProgress, ScoreFileReport> {
  try {
    const { guarded, fileHash, rows } = yield* readScores(path, studiedColumns(plan));
    const metrics = yield* inResamples(guardedMetricsSteps(guarded, plan));
    const studies = yield* inResamples(scoreStudies(guarded.honest, plan, metrics.development));
    return { file: path, fileHash, rows, plan, ...metrics, studies };
  } catch (error) {
    if (error instanceof EvaluationError) throw new RequestError('invalid-input', `${path} (${error.code}): ${error.message}`);
    throw error;
  }
}

/** The progress of resampling as that of a score file. */
export async function* inResamples<Outcome>(steps: Iterator<Progress, Outcome> | AsyncIterator<Progress, Outcome>): AsyncGenerator<ScoreFileProgress, Outcome> {
  for (;;) {
    const step = await steps.next();
    if (step.done === true) return step.value;
    yield { ...step.value, unit: 'resamples' };
  }
}

export interface ReadScores {
  readonly guarded: CollectedBoth;
  readonly fileHash: string;
  readonly rows: number;
}

/** The scores of a file, guarded, with the columns that are `studied`. */
export async function* readScores(path: string, studied: readonly string[] = []): AsyncGenerator<ScoreFileProgress, ReadScores> {
  const total = await sizeOf(path);
  const hash = createHash('sha256');
  const reader = rowReader(studied);
  let done = 0;
  for await (const { lines, chunk } of linesOf(path)) {
    hash.update(chunk);
    for (const line of lines) reader.take(line);
    if (chunk.length > 0) yield { done: (done += chunk.length), total, unit: 'bytes' };
  }
  return { ...reader.finish(path), fileHash: hash.digest('hex') };
}

async function sizeOf(path: string): Promise<number> {
  const found = await stat(path).catch(() => null);
  if (found === null) throw new RequestError('not-found', `${path} does not exist.`);
  if (!found.isFile()) throw new RequestError('invalid-input', `${path} is no file. Name a CSV of comparison scores.`);
  return found.size;
}

interface RowReader {
  take(line: string): void;
  finish(path: string): Omit<ReadScores, 'fileHash'>;
}

/** Only the columns that figures are read from are kept: names of files, ten million of them, would not fit. */
function rowReader(studied: readonly string[]): RowReader {
  let scores: GuardedScores | null = null;
  let rows = 0;
  return {
    take: (line) => {
      const cells = cellsOf(line, rows + 1);
      if (cells === null) return;
      if (cells.some((cell) => cell.includes('\r'))) throw new EvaluationError('row-unreadable', 'Its lines end with carriage returns alone, as on Macs before 2001: save it with line feeds (LF, or CR LF).');
      if (scores === null) scores = guardedScores(cells, studied);
      else {
        rows++;
        scores.add(cells);
      }
    },
    finish: (path) => {
      if (scores === null) throw new RequestError('invalid-input', `${path} is empty: it needs a row of column names, then a row for each comparison.`);
      return { guarded: scores.finish(), rows };
    },
  };
}
