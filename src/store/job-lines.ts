import type { Database } from './statement.ts';
import { sql } from './statement.ts';

export interface JobLine {
  jobId: string;
  text: string;
  /** The enrolled person the line names, or null. */
  about: string | null;
}

export function appendJobLine(database: Database, line: JobLine): void {
  sql(
    database,
    `INSERT INTO job_lines (job_id, line, text, about)
     VALUES (@jobId, (SELECT coalesce(max(line), 0) + 1 FROM job_lines WHERE job_id = @jobId), @text, @about)`,
  ).run({ ...line });
}

/** The last `limit` lines of a job's log, oldest first. */
export function listJobLines(database: Database, jobId: string, limit: number): string[] {
  return sql<{ text: string }>(
    database,
    `SELECT text FROM (SELECT line, text FROM job_lines WHERE job_id = @jobId ORDER BY line DESC LIMIT @limit) ORDER BY line`,
  )
    .all({ jobId, limit })
    .map((row) => row.text);
}

/** Forgets every line that names this person. */
export function removeJobLinesAbout(database: Database, about: string): number {
  return sql(database, 'DELETE FROM job_lines WHERE about = @about').run({ about });
}

export function countJobLinesAbout(database: Database, about: string): number {
  return sql<{ count: number }>(database, 'SELECT count(*) AS count FROM job_lines WHERE about = @about').get({ about })!.count;
}
