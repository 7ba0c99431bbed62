import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { SearchPrecision, TemplateTable } from '../../src/engine/search/template-table.ts';
import { createTable } from '../../src/engine/search/template-table.ts';
import type { Case } from './cases.ts';
import { LIMIT } from './cases.ts';

const ROWS_OF_PIECE = 10_000;

/** Reads the first rows of NumPy's file piece by piece; the piece is used again. */
export function eachPiece(folder: string, { count, size }: Case, offset: number, use: (rows: Float32Array, first: number) => void): void {
  const file = openSync(join(folder, 'templates.npy'), 'r');
  const rowBytes = size * Float32Array.BYTES_PER_ELEMENT;
  const buffer = Buffer.alloc(Math.min(count, ROWS_OF_PIECE) * rowBytes);
  for (let first = 0; first < count; first += ROWS_OF_PIECE) {
    const rows = Math.min(ROWS_OF_PIECE, count - first);
    readSync(file, buffer, 0, rows * rowBytes, offset + first * rowBytes);
    use(new Float32Array(buffer.buffer, buffer.byteOffset, rows * size), first);
  }
  closeSync(file);
}

/** What a side took, and whom it found first for each probe. */
export interface Searched {
  times: number[];
  first: number[];
}

/** How one side is asked: `probes` of them from `first` on, `batch` at a time. */
export interface Asked {
  first: number;
  probes: number;
  batch: number;
}

export function fillTable(folder: string, each: Case, offset: number): TemplateTable {
  const table = createTable(each.size);
  eachPiece(folder, each, offset, (rows) => { table.append(rows); });
  return table;
}

export function searchTable(table: TemplateTable, precision: SearchPrecision, probes: Float32Array, { first, probes: wanted, batch }: Asked): Searched {
  const searched: Searched = { times: [], first: [] };
  for (let start = first; start < first + wanted; start += batch) {
    const some = probes.subarray(start * table.size, Math.min(start + batch, first + wanted) * table.size);
    const begun = performance.now();
    const found = table.search({ probes: some, limit: LIMIT, precision });
    searched.times.push(performance.now() - begun);
    for (const [match] of found) searched.first.push(match!.row);
  }
  return searched;
}
