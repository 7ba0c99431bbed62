import type { DeletionReceipt } from '../contract/requests/gallery.ts';
import type { Database } from './statement.ts';
import { sql } from './statement.ts';

/** Proofs of deletions: what went, and what a query found afterwards. They do not say who it was. */
export interface Receipts {
  keep(receipt: DeletionReceipt): void;
  list(): DeletionReceipt[];
}

export function sqliteReceipts(database: Database): Receipts {
  return {
    keep: (receipt) => { insertReceipt(database, receipt); },
    list: () => listReceipts(database),
  };
}

function listReceipts(database: Database): DeletionReceipt[] {
  return sql<DeletionReceipt>(
    database,
    `SELECT subject_id AS subjectId, deleted_at AS deletedAt, samples, templates, rows_left AS rowsLeft
     FROM deletion_receipts ORDER BY deleted_at, rowid`,
  ).all();
}

function insertReceipt(database: Database, receipt: DeletionReceipt): void {
  sql(
    database,
    `INSERT OR REPLACE INTO deletion_receipts (subject_id, deleted_at, samples, templates, rows_left)
     VALUES (@subjectId, @deletedAt, @samples, @templates, @rowsLeft)`,
  ).run({ ...receipt });
}
