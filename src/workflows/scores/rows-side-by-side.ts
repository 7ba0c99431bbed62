import { EvaluationError } from '../../evaluation/score-set.ts';
import { readMated, readScore } from '../../evaluation/score-rows.ts';
import { cellsOf, linesOf } from '../csv-lines.ts';
import { isDevelopment } from '../guarded-scores.ts';
import { quoted } from '../quoted.ts';

/** Rows of several score files about the same comparisons. */
export interface RowsSideBySide {
  /** scores[source][row]. */
  readonly scores: readonly Float64Array[];
  readonly isMated: readonly boolean[];
  readonly isDevelopment: readonly boolean[];
  /** The rows as the first file has them, with other scores. */
  withScores(scores: Float64Array): string;
  /** The header of the first file, with its end. */
  readonly header: string;
  /** Bytes of the first file that were read for them. */
  readonly bytes: number;
}

interface Table {
  readonly path: string;
  readonly names: readonly string[];
  readonly rows: AsyncGenerator<{ cells: string[][]; bytes: number }, void>;
}

/** What says which comparison a row is about, where the files name it. */
const SAME = ['mated', 'subject_a', 'subject_b', 'sample_a', 'sample_b', 'split'] as const;

/**
 * Reads several score files in step, a piece at a time.
 *
 * @throws EvaluationError row-unreadable with file and row, shape-mismatch where a row is about another comparison or a file ends before the others.
 */
export async function* rowsSideBySide(paths: readonly string[]): AsyncGenerator<RowsSideBySide, void> {
  const [first, ...others] = await Promise.all(paths.map(openTable));
  const rest = others.map((table) => ({ table, waiting: [] as string[][] }));
  let before = 0;
  for await (const { cells, bytes } of first!.rows) {
    for (const other of rest) await fill(other, cells.length);
    const beside = rest.map(({ table, waiting }) => ({ table, cells: waiting.splice(0, cells.length) }));
    for (const { table, cells: own } of beside) refuseOther({ table: first!, cells }, { table, cells: own }, before);
    yield piece({ table: first!, cells, bytes, before }, beside);
    before += cells.length;
  }
  for (const other of rest) {
    await fill(other, 1);
    if (other.waiting.length > 0) throw new EvaluationError('shape-mismatch', `${other.table.path} has more rows than ${first!.path}, which has ${before}.`);
  }
}

async function openTable(path: string): Promise<Table> {
  const rows = piecesOf(path);
  const head = await rows.next();
  const names = (head.done === true ? [] : head.value.cells[0]!).map((name) => name.trim());
  for (const name of ['score', 'mated']) {
    if (!names.includes(name)) throw new EvaluationError('row-unreadable', `The header of ${path} has no column ${name}; it has ${names.join(', ')}.`);
  }
  return { path, names, rows };
}

/** The header by itself, then the rows. */
async function* piecesOf(path: string): AsyncGenerator<{ cells: string[][]; bytes: number }, void> {
  let row = 0;
  for await (const { lines, chunk } of linesOf(path)) {
    const cells = lines.flatMap((line) => { const read = cellsOf(line, row); return read === null ? [] : (row++, [read]); });
    if (cells.length === 0) continue;
    if (row === cells.length) yield { cells: cells.splice(0, 1), bytes: 0 };
    if (cells.length > 0) yield { cells, bytes: chunk.length };
  }
}

async function fill({ table, waiting }: { table: Table; waiting: string[][] }, wanted: number): Promise<void> {
  while (waiting.length < wanted) {
    const next = await table.rows.next();
    if (next.done === true) return;
    waiting.push(...next.value.cells);
  }
}

interface Part { table: Table; cells: readonly string[][] }

function refuseOther(one: Part, other: Part, before: number): void {
  if (other.cells.length < one.cells.length) throw new EvaluationError('shape-mismatch', `${other.table.path} ends after ${before + other.cells.length} rows; ${one.table.path} goes on.`);
  const shared = SAME.filter((name) => one.table.names.includes(name) && other.table.names.includes(name)).map((name) => [name, one.table.names.indexOf(name), other.table.names.indexOf(name)] as const);
  for (const [at, cells] of one.cells.entries()) {
    const read = (name: string, cell = ''): string => (name === 'mated' ? String(readMated(cell, before + at + 1)) : cell.trim());
    const odd = shared.find(([name, mine, yours]) => read(name, cells[mine]) !== read(name, other.cells[at]![yours]));
    if (odd !== undefined) throw new EvaluationError('shape-mismatch', `Row ${before + at + 1} is about another comparison in ${other.table.path} than in ${one.table.path}: ${odd[0]} differs. Sort the files alike.`);
  }
}

function piece({ table, cells, bytes, before }: Part & { bytes: number; before: number }, beside: readonly Part[]): RowsSideBySide {
  const at = (name: string): number => table.names.indexOf(name);
  const scoresOf = (part: Part): Float64Array => Float64Array.from(part.cells, (row, index) => readScore(row[part.table.names.indexOf('score')], before + index + 1));
  return {
    scores: [{ table, cells }, ...beside].map(scoresOf),
    isMated: cells.map((row, index) => readMated(row[at('mated')], before + index + 1)),
    isDevelopment: cells.map((row) => isDevelopment((row[at('split')] ?? '').trim())),
    withScores: (scores) => cells.map((row, index) => lineOf(row.with(at('score'), String(scores[index]!).replace('Infinity', 'inf')))).join(''),
    header: lineOf(table.names),
    bytes,
  };
}

// A number may begin with a minus, which is no formula.
const lineOf = (cells: readonly string[]): string => `${cells.map((cell) => (/^-?[\d.e+-]+$|^-inf$/.test(cell) ? cell : quoted(cell))).join(',')}\n`;
