import { loadNativeTables } from './native-table.ts';
import { createPortableTable } from './portable-table.ts';

/**
 * How the rows are looked through. Both give the same rows and scores: int8 compares 8-bit codes of the templates first, with bounds on
 * what they leave out, and then as they are those rows that could be among the best.
 */
export type SearchPrecision = 'float32' | 'int8';

export interface Match {
  row: number;
  /** Dot product, summed in float64. */
  score: number;
}

export interface TableQuery {
  /** [probes, size]. */
  probes: Float32Array;
  /** Matches wanted for each probe. */
  limit: number;
  precision: SearchPrecision;
}

/** Templates in memory, a row each. */
export interface TemplateTable {
  /** Length of a row. */
  readonly size: number;
  readonly rows: number;
  /** What the rows take of memory. */
  readonly bytes: number;
  /** Adds rows, [added, size]. @throws for numbers that are not finite. */
  append(vectors: Float32Array): void;
  /** Replaces a row. */
  put(row: number, vector: Float32Array): void;
  /** Removes a row; the last takes its place. What was there is overwritten. */
  remove(row: number): void;
  /** Removes and overwrites everything, and gives the memory back. */
  clear(): void;
  /** For each probe the rows with the highest scores, best first; of equal scores the earlier row. */
  search(query: TableQuery): Match[][];
}

/** On the search that set-up compiled for this machine, or without it in plain JavaScript: slower, and the same to the last bit. */
export function createTable(size: number): TemplateTable {
  const native = loadNativeTables();
  return 'refusal' in native ? createPortableTable(size) : native.create(size);
}
