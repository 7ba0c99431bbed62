import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';
import { RequestError } from '../../contract/request-error.ts';

/** Vectors by class name, as they stand in the file. */
export interface TextVectors {
  size: number;
  byName: Map<string, Float32Array>;
}

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const tellAtMost = 5;

/**
 * A CSV of vectors: the name of a class, then the numbers of its vector, separated by commas. A first row without any number
 * after its first cell is a row of column names.
 *
 * @throws RequestError('invalid-input') naming the lines that are wrong; 'not-found' when there is no such file.
 */
export async function readTextVectors(path: string): Promise<TextVectors> {
  const reading: Reading = { size: null, byName: new Map(), lineOf: new Map(), problems: [] };
  let isFirst = true;
  try {
    const parser = parse({ bom: true, skip_empty_lines: true, trim: true, relax_column_count: true, info: true });
    // A pipe does not pass errors on: without this a missing file would end the process.
    createReadStream(path).on('error', (error) => parser.destroy(error)).pipe(parser);
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      const isHeader = isFirst && record.length > 1 && !record.slice(1).some((cell) => decimal.test(cell));
      isFirst = false;
      if (!isHeader) readRow(record, info.lines, reading);
    }
  } catch (error) {
    throw unreadable(path, error);
  }
  const { size, byName, problems } = reading;
  if (problems.length > 0) throw new RequestError('invalid-input', `${path} is not a table of text vectors. ${told(problems)}`);
  if (size === null) throw new RequestError('invalid-input', `${path} holds no vectors: each row needs the name of a class and then its numbers.`);
  return { size, byName };
}

interface Reading {
  size: number | null;
  byName: Map<string, Float32Array>;
  lineOf: Map<string, number>;
  problems: string[];
}

function readRow([rawName = '', ...cells]: string[], line: number, reading: Reading): void {
  const problem = (what: string): void => { reading.problems.push(`Line ${line} ${what}.`); };
  const name = rawName.normalize('NFC');
  if (name === '') return problem('names no class');
  const earlier = reading.lineOf.get(name);
  if (earlier !== undefined) return problem(`names "${name}" again, after line ${earlier}`);
  reading.lineOf.set(name, line);
  const bad = cells.findIndex((cell) => !decimal.test(cell));
  if (bad !== -1) return problem(`has "${cells[bad]}" where a number belongs (column ${bad + 2})`);
  const vector = Float32Array.from(cells, Number);
  const wide = vector.findIndex((value) => !Number.isFinite(value));
  if (wide !== -1) return problem(`has ${cells[wide]}, which is too large (column ${wide + 2})`);
  if (vector.length === 0) return problem(`has no numbers after "${name}"`);
  reading.size ??= vector.length;
  if (vector.length !== reading.size) return problem(`has ${vector.length} numbers where the first row has ${reading.size}`);
  if (vector.every((value) => value === 0)) return problem('is all zeros, which has no direction');
  reading.byName.set(name, vector);
}

function told(problems: string[]): string {
  const more = problems.length - tellAtMost;
  return problems.slice(0, tellAtMost).join(' ') + (more > 0 ? ` And ${more} more.` : '');
}

function unreadable(path: string, error: unknown): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return new RequestError('not-found', `There is no file ${path} with text vectors.`);
  if (code?.startsWith('CSV_') || code === 'EISDIR' || code === 'EACCES') return new RequestError('invalid-input', `${path} cannot be read as a CSV table: ${message}.`);
  return error;
}
