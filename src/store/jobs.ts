import type { Job } from '../contract/jobs.ts';
import type { Database } from './statement.ts';
import { sql } from './statement.ts';

/** A job without its log; `deskId` names the process that works on it. */
export type JobRecord = Omit<Job, 'log'> & { deskId: string };

type JobRow = Omit<JobRecord, 'error' | 'result'> & { errorCode: string | null; errorMessage: string | null; result: string | null };

const columns = `id, desk_id AS deskId, kind, title, subject_id AS subjectId, state, done, total, unit, rate,
  remaining_ms AS remainingMs, message, error_code AS errorCode, error_message AS errorMessage,
  result, created_at AS createdAt, ended_at AS endedAt`;

/** Writes a new job, or the newest of a known one. */
export function saveJob(database: Database, job: JobRecord): void {
  const { error, result, ...rest } = job;
  sql(
    database,
    `INSERT INTO jobs (id, desk_id, kind, title, subject_id, state, done, total, unit, rate, remaining_ms, message,
       error_code, error_message, result, created_at, ended_at)
     VALUES (@id, @deskId, @kind, @title, @subjectId, @state, @done, @total, @unit, @rate, @remainingMs, @message,
       @errorCode, @errorMessage, @result, @createdAt, @endedAt)
     ON CONFLICT (id) DO UPDATE SET state = excluded.state, done = excluded.done, total = excluded.total,
       unit = excluded.unit, rate = excluded.rate, remaining_ms = excluded.remaining_ms, message = excluded.message,
       error_code = excluded.error_code, error_message = excluded.error_message,
       result = excluded.result, ended_at = excluded.ended_at`,
  ).run({ ...rest, errorCode: error?.code ?? null, errorMessage: error?.message ?? null, result: result && JSON.stringify(result) });
}

/** The newest jobs first. */
export function listJobs(database: Database, limit: number): JobRecord[] {
  return sql<JobRow>(database, `SELECT ${columns} FROM jobs ORDER BY created_at DESC, rowid DESC LIMIT @limit`)
    .all({ limit })
    .map(fromRow);
}

export function findJob(database: Database, id: string): JobRecord | undefined {
  const row = sql<JobRow>(database, `SELECT ${columns} FROM jobs WHERE id = @id`).get({ id });
  return row && fromRow(row);
}

/** Jobs that some process has begun or means to begin. */
export function listOpenJobs(database: Database): JobRecord[] {
  return sql<JobRow>(database, `SELECT ${columns} FROM jobs WHERE state IN ('queued', 'running') ORDER BY created_at`)
    .all()
    .map(fromRow);
}

/** Asks the process that works on a job to stop it. */
export function requestCancel(database: Database, id: string): void {
  sql(database, 'UPDATE jobs SET cancel_requested = 1 WHERE id = @id').run({ id });
}

export function listCancelRequests(database: Database, deskId: string): string[] {
  return sql<{ id: string }>(
    database,
    `SELECT id FROM jobs WHERE desk_id = @deskId AND cancel_requested = 1 AND state IN ('queued', 'running')`,
  )
    .all({ deskId })
    .map((row) => row.id);
}

/** Keeps the newest `kept` ended jobs; older ones go with their logs. */
export function removeOldJobs(database: Database, kept: number): void {
  sql(
    database,
    `DELETE FROM jobs WHERE ended_at IS NOT NULL AND id NOT IN
       (SELECT id FROM jobs WHERE ended_at IS NOT NULL ORDER BY created_at DESC, rowid DESC LIMIT @kept)`,
  ).run({ kept });
}

function fromRow({ errorCode, errorMessage, result, ...row }: JobRow): JobRecord {
  return {
    ...row,
    error: errorCode === null ? null : { code: errorCode, message: errorMessage ?? '' },
    result: result === null ? null : (JSON.parse(result) as JobRecord['result']),
  };
}
