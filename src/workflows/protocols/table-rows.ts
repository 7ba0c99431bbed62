import { parse } from 'csv-parse/sync';
import { RequestError } from '../../contract/request-error.ts';
import type { Metadata } from './comparison-list.ts';

/** A row of a protocol's table by the names of its columns, in lower case. */
export type Row = Readonly<Record<string, string | undefined>>;

/** @throws RequestError bad-dataset without the columns that are `needed`, or a row below them. */
export function rowsOf(text: string, file: string, needed: readonly string[]): Row[] {
  let rows: Row[];
  try {
    rows = parse(text, { columns: (names: string[]) => names.map((name) => name.trim().toLowerCase()), bom: true, trim: true, skip_empty_lines: true }) as Row[];
  } catch (error) {
    throw new RequestError('bad-dataset', `${file} cannot be read as a CSV table: ${error instanceof Error ? error.message : String(error)}.`);
  }
  const missing = needed.filter((name) => rows[0] === undefined || !(name in rows[0]));
  if (missing.length > 0) throw new RequestError('bad-dataset', `${file} needs a row of column names with ${missing.join(' and ')}, and rows below it.`);
  return rows;
}

/** What a score file, a gallery or a set has columns of its own for; everything else about an image is metadata. */
const ownColumns = new Set(['score', 'mated', 'role', 'set', 'split', ...['path', 'subject', 'sample', 'image'].flatMap((name) => [name, `${name}_a`, `${name}_b`])]);

/** What a row says beside what its protocol needs, each on one line: so are the rows of the file of scores. */
export function metadataIn(row: Row): Metadata {
  // What a spreadsheet would run as a formula begins no name in the file of scores.
  const named = Object.entries(row).map(([name, words = '']): [string, string] => [onOneLine(name).replace(/^[=+\-@]+/, ''), onOneLine(words)]);
  return Object.fromEntries(named.filter(([name]) => name !== '' && !ownColumns.has(name)));
}

const onOneLine = (words: string): string => words.trim().replace(/\s+/g, ' ');

/** The same by the path of the image that a row is about. */
export function metadataOfImages(rows: readonly Row[]): ReadonlyMap<string, Metadata> {
  return new Map(rows.map((row) => [row['path'] ?? '', metadataIn(row)]));
}
