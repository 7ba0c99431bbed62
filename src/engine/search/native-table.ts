import { join } from 'node:path';
import { cacheFolder } from '../text/encoder-folder.ts';
import type { Match, TableQuery, TemplateTable } from './template-table.ts';

/** The addon of native/search.cc. A table is an opaque value of its own. */
interface Addon {
  registers: string;
  create(size: number): unknown;
  append(table: unknown, vectors: Float32Array): number;
  put(table: unknown, row: number, vector: Float32Array): void;
  remove(table: unknown, row: number): void;
  clear(table: unknown): void;
  bytes(table: unknown): number;
  /** For each probe `limit` rows (-1: none), then `limit` scores. */
  search(table: unknown, probes: Float32Array, limit: number, precision: number): Float64Array;
}

export interface NativeTables {
  /** What the processor has: "AVX-512 VNNI", "AVX-512", "AVX2", "plain". */
  registers: string;
  create(size: number): TemplateTable;
}

let loaded: NativeTables | { refusal: string } | null = null;

/** The compiled search, or why there is none. */
export function loadNativeTables(): NativeTables | { refusal: string } {
  loaded ??= load();
  return loaded;
}

function load(): NativeTables | { refusal: string } {
  try {
    // Not an import: it is no module of anybody's, but what set-up compiled of native/ for this machine.
    const module = { exports: {} as Addon };
    process.dlopen(module, join(cacheFolder(), 'search', 'likeness_search.node'));
    const addon = module.exports;
    return { registers: addon.registers, create: (size) => tableOf(addon, size) };
  } catch (error) {
    return { refusal: error instanceof Error ? error.message.split('\n')[0]! : String(error) };
  }
}

function tableOf(addon: Addon, size: number): TemplateTable {
  const table = addon.create(size);
  let rows = 0;
  return {
    size,
    get rows() { return rows; },
    get bytes() { return addon.bytes(table); },
    append: (vectors) => { rows = addon.append(table, vectors); },
    put: (row, vector) => { addon.put(table, row, vector); },
    remove: (row) => {
      addon.remove(table, row);
      rows--;
    },
    clear: () => {
      addon.clear(table);
      rows = 0;
    },
    search: (query) => search(addon, table, query),
  };
}

function search(addon: Addon, table: unknown, { probes, limit, precision }: TableQuery): Match[][] {
  const found = addon.search(table, probes, limit, precision === 'int8' ? 1 : 0);
  return Array.from({ length: found.length / (2 * limit) }, (_, probe) => {
    const rows = found.subarray(2 * probe * limit, (2 * probe + 1) * limit);
    const scores = found.subarray((2 * probe + 1) * limit, (2 * probe + 2) * limit);
    const none = rows.indexOf(-1);
    return Array.from(rows.subarray(0, none < 0 ? limit : none), (row, rank) => ({ row, score: scores[rank]! }));
  });
}
