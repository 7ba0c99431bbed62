import { RequestError } from '../../contract/request-error.ts';
import type { DiscardReport, SliceReport } from '../../contract/requests/explore.ts';
import type { NamedValues } from '../../contract/numeric-columns.ts';
import { numericAmong } from '../../contract/numeric-columns.ts';
import type { ColumnStudies, DevelopmentFigures, ScoreFilePlan, Studied } from '../../contract/requests/score-files.ts';
import type { CollectedScores } from '../../evaluation/score-rows.ts';
import { EvaluationError } from '../../evaluation/score-set.ts';
import { discardReportOf, qualitiesOf, worse } from '../explore/discard.ts';
import { groupMinimums, reportedColumns } from '../report/reported-columns.ts';
import type { ScoreFileProgress } from '../score-file.ts';
import { inResamples, readScores } from '../score-file.ts';
import { studyThreshold } from './score-studies.ts';
import type { RowSlices } from './slices-of-rows.ts';
import { slicesOfRows } from './slices-of-rows.ts';
import { sidesOf } from './studied-columns.ts';

interface OfColumns {
  readonly path: string;
  readonly columns: readonly string[];
}

export interface ColumnStudiesOrder extends OfColumns {
  readonly plan: ScoreFilePlan;
  /** What the development split of the same file gave. */
  readonly development: DevelopmentFigures | null;
}

/** The groups of every column that has a few and errors by every column of numbers, as a report shows them, out of a score file. */
export async function* columnStudies({ plan, development, ...file }: ColumnStudiesOrder): AsyncGenerator<ScoreFileProgress, Studied<ColumnStudies>> {
  const rows = yield* rowsOf(file);
  const threshold = orReason(() => studyThreshold(rows, plan, development));
  if (typeof threshold !== 'number') return { refusal: threshold.reason };
  const named = file.columns.map((column) => valuesOf(rows, column)).filter(({ values }) => values.size > 1);
  const { sliced, qualities } = reportedColumns(named);
  const found = { slices: new Array<SliceReport>(), discards: new Array<DiscardReport>(), refused: new Array<ColumnStudies['refused'][number]>() };
  for (const column of sliced) {
    const steps = slicesOfRows(rows, { column, threshold, ...groupMinimums, plan });
    try {
      found.slices.push(yield* inResamples(steps));
    } catch (error) {
      found.refused.push({ column, reason: reasonOf(error) });
    }
  }
  for (const column of qualities) {
    const discard = orReason(() => discardOfRows(rows, { column, threshold }));
    if ('reason' in discard) found.refused.push({ column, reason: discard.reason });
    else found.discards.push(discard);
  }
  return { threshold, columns: named.map(({ name }) => name), numeric: numericAmong(named), ...found };
}

export interface SlicesOfFile extends RowSlices {
  readonly path: string;
}

/** The groups of one column of a score file. @throws RequestError invalid-input, with the reason. */
export async function* slicesOfFile({ path, ...wanted }: SlicesOfFile): AsyncGenerator<ScoreFileProgress, SliceReport> {
  const rows = yield* rowsOf({ path, columns: [wanted.column] });
  try {
    return yield* inResamples(slicesOfRows(rows, wanted));
  } catch (error) {
    throw new RequestError('invalid-input', reasonOf(error));
  }
}

export interface DiscardOfFile {
  readonly path: string;
  readonly column: string;
  readonly threshold: number;
}

/** A column of a score file read as the quality of samples. @throws RequestError invalid-input, with the reason. */
export async function* discardOfFile({ path, ...wanted }: DiscardOfFile): AsyncGenerator<ScoreFileProgress, DiscardReport> {
  const rows = yield* rowsOf({ path, columns: [wanted.column] });
  const discard = orReason(() => discardOfRows(rows, wanted));
  if ('reason' in discard) throw new RequestError('invalid-input', discard.reason);
  return discard;
}

/** The comparisons of a file that count, with the columns and the names of their samples. */
async function* rowsOf({ path, columns }: OfColumns): AsyncGenerator<ScoreFileProgress, CollectedScores> {
  const { guarded } = yield* readScores(path, ['sample_a', 'sample_b', ...columns.flatMap((name) => [name, `${name}_a`, `${name}_b`])]);
  return guarded.honest;
}

function valuesOf(rows: CollectedScores, name: string): NamedValues {
  return { name, values: new Set(sidesOf(rows, name).flatMap(({ values }) => values.map((value) => value.trim()).filter((value) => value !== ''))) };
}

function discardOfRows(rows: CollectedScores, { column, threshold }: Omit<DiscardOfFile, 'path'>): DiscardReport {
  const [a, b] = sidesOf(rows, column);
  const [ofA, ofB] = [qualitiesOf(column, a.values), qualitiesOf(column, b.values)];
  return discardReportOf(Array.from(rows.scores.mated, (score, row) => ({ score, quality: worse(ofA[a.mated[row]!]!, ofB[b.mated[row]!]!) })), { column, threshold });
}

function orReason<Value>(compute: () => Value): Value | { reason: string } {
  try {
    return compute();
  } catch (error) {
    return { reason: reasonOf(error) };
  }
}

/** In words, where it is one of the data. */
function reasonOf(error: unknown): string {
  if (error instanceof EvaluationError || error instanceof RequestError) return error.message;
  throw error;
}
