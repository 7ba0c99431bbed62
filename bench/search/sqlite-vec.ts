import SQLite from 'better-sqlite3';
import * as sqliteVec from 'sqlite-vec';
import type { Case } from './cases.ts';
import { LIMIT } from './cases.ts';
import type { Asked, Searched } from './ours.ts';
import { eachPiece } from './ours.ts';

/** sqlite-vec in memory, float32. Its distance is Euclid's: for rows and probes of unit length the order is the same. */
export interface VecDatabase {
  version: string;
  search(probes: Float32Array, asked: Asked): Searched;
  close(): void;
}

export function fillVec(folder: string, each: Case, offset: number): VecDatabase {
  const database = new SQLite(':memory:');
  sqliteVec.load(database);
  database.exec(`CREATE VIRTUAL TABLE templates USING vec0 (vector float[${each.size}])`);
  const insert = database.prepare('INSERT INTO templates (rowid, vector) VALUES (?, ?)');
  const bytesOf = (rows: Float32Array, row: number): Uint8Array => new Uint8Array(rows.buffer, rows.byteOffset + row * each.size * 4, each.size * 4);
  eachPiece(folder, each, offset, (rows, first) => {
    database.transaction(() => {
      for (let row = 0; row < rows.length / each.size; row++) insert.run(BigInt(first + row), bytesOf(rows, row));
    })();
  });
  const nearest = database.prepare<[Uint8Array, number], { rowid: number }>('SELECT rowid FROM templates WHERE vector MATCH ? AND k = ? ORDER BY distance');
  return {
    version: (database.prepare('SELECT vec_version() AS version').get() as { version: string }).version,
    search(probes, { first, probes: wanted }) {
      const searched: Searched = { times: [], first: [] };
      for (let probe = first; probe < first + wanted; probe++) {
        const begun = performance.now();
        const found = nearest.all(bytesOf(probes, probe), LIMIT);
        searched.times.push(performance.now() - begun);
        searched.first.push(Number(found[0]!.rowid));
      }
      return searched;
    },
    close: () => { database.close(); },
  };
}
