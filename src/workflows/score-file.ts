import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { RequestError } from '../contract/request-error.ts';
import type { ScoreFilePlan, ScoreFileReport } from '../contract/requests/score-files.ts';
import { EvaluationError } from '../evaluation/score-set.ts';
import type { Progress } from '../evaluation/steps.ts';
import type { CollectedBoth, GuardedScores } from './guarded-scores.ts';
import { guardedMetricsSteps, guardedScores } from './guarded-scores.ts';

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
    const { guarded, fileHash, rows } = yield* readScores(path);
    const steps = guardedMetricsSteps(guarded, plan);
    for (;;) {
      const step = steps.next();
      if (step.done === true) return { file: path, fileHash, rows, plan, ...step.value };
      yield { ...step.value, unit: 'resamples' };
    }
  } catch (error) {
    if (error instanceof EvaluationError) throw new RequestError('invalid-input', `${path} (${error.code}): ${error.message}`);
    throw error;
  }
}

export interface ReadScores {
  readonly guarded: CollectedBoth;
  readonly fileHash: string;
  readonly rows: number;
}

/** The scores of a file, guarded. */
export async function* readScores(path: string): AsyncGenerator<ScoreFileProgress, ReadScores> {
  const total = await sizeOf(path);
  const hash = createHash('sha256');
  const reader = rowReader();
  const decoder = new TextDecoder();
  let [done, rest] = [0, ''];
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop()!;
    for (const line of lines) reader.take(line);
    yield { done: (done += chunk.length), total, unit: 'bytes' };
  }
  reader.take(rest + decoder.decode());
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
function rowReader(): RowReader {
  let scores: GuardedScores | null = null;
  let rows = 0;
  return {
    take: (line) => {
      const cells = cellsOf(line, rows + 1);
      if (cells === null) return;
      if (scores === null) scores = guardedScores(cells);
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

/** The cells of a line; null for a blank one. Most files quote nothing, and splitting takes a third of the time. */
function cellsOf(line: string, row: number): string[] | null {
  const text = line.endsWith('\r') ? line.slice(0, -1) : line;
  if (text.trim() === '') return null;
  if (!text.includes('"')) return text.split(',');
  try {
    return (parse(text, { relax_column_count: true }) as string[][])[0]!;
  } catch (error) {
    throw new EvaluationError('row-unreadable', `Row ${row}: ${error instanceof Error ? error.message : String(error)}.`);
  }
}
