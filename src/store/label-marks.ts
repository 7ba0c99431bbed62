import type { Database } from './statement.ts';
import { sql } from './statement.ts';

/** A label that somebody found wrong. `subject`: whose sample it is instead; null leaves it out. */
export interface LabelMark {
  datasetId: string;
  /** Of the sample, as the dataset names it: reading the dataset anew keeps the mark. */
  path: string;
  subject: string | null;
  markedAt: number;
}

export function insertLabelMark(database: Database, mark: LabelMark): void {
  sql(
    database,
    'INSERT OR REPLACE INTO label_marks (dataset_id, path, subject, marked_at) VALUES (@datasetId, @path, @subject, @markedAt)',
  ).run({ ...mark });
}

export function removeLabelMark(database: Database, place: Pick<LabelMark, 'datasetId' | 'path'>): void {
  sql(database, 'DELETE FROM label_marks WHERE dataset_id = @datasetId AND path = @path').run({ ...place });
}

/** Oldest first. */
export function listLabelMarks(database: Database, datasetId: string): LabelMark[] {
  return sql<LabelMark>(
    database,
    `SELECT dataset_id AS datasetId, path, subject, marked_at AS markedAt FROM label_marks
     WHERE dataset_id = @datasetId ORDER BY marked_at, path`,
  ).all({ datasetId });
}
