import { RequestError } from '../contract/request-error.ts';
import type { DeletionReceipt } from '../contract/requests/gallery.ts';
import { emptyWriteAheadLog } from './checkpoint.ts';
import { countJobLinesAbout, removeJobLinesAbout } from './job-lines.ts';
import { countSamplesOfSubject, listSamples, removeSamplesOfSubject } from './samples.ts';
import type { Database } from './statement.ts';
import { sql, transaction } from './statement.ts';
import { countSubjectRows, findSubject, removeSubject } from './subjects.ts';
import { countTemplatesOfSamples, removeTemplatesOfSubject } from './templates.ts';

/**
 * Deletes a person: templates, pictures, the log lines that name them, the row. One transaction; the write-ahead log is
 * emptied afterwards, since it would still hold the old pages. The receipt counts what a query finds then.
 *
 * @throws RequestError('not-found'), or 'storage' when anything is left.
 */
export function deleteSubject(database: Database, subjectId: string, deletedAt: number): DeletionReceipt {
  const subject = findSubject(database, subjectId, null);
  if (subject === undefined) throw new RequestError('not-found', 'This person is not enrolled (any more).');
  const sampleIds = listSamples(database, subjectId, null).map((sample) => sample.id);
  const removed = transaction(database, () => {
    const templates = removeTemplatesOfSubject(database, subjectId);
    const samples = removeSamplesOfSubject(database, subjectId);
    removeJobLinesAbout(database, subject.name);
    removeSubject(database, subjectId);
    return { templates, samples };
  });
  emptyWriteAheadLog(database);
  const rowsLeft =
    countSubjectRows(database, subjectId) +
    countSamplesOfSubject(database, subjectId) +
    countTemplatesOfSamples(database, sampleIds) +
    countJobLinesAbout(database, subject.name);
  const receipt = { subjectId, deletedAt, ...removed, rowsLeft };
  insertReceipt(database, receipt);
  if (rowsLeft > 0) throw new RequestError('storage', `The deletion left ${rowsLeft} rows behind. Delete the person again.`);
  return receipt;
}

export function listReceipts(database: Database): DeletionReceipt[] {
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
