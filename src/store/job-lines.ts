import { requireEpoch } from './protection/keyring.ts';
import { sealText, unsealText } from './protection/envelope.ts';
import type { FieldKey, StoreKeys } from './protection/store-keys.ts';
import { tagOf } from './protection/store-keys.ts';
import type { Vault } from './protection/vault.ts';
import type { Database } from './statement.ts';
import { sql, transaction } from './statement.ts';

export interface JobLine {
  jobId: string;
  text: string;
  /** The person the line speaks of, or null. */
  about: string | null;
}

/** The logs of jobs. A line that speaks of a person is sealed; while the store is locked it is neither written nor shown. */
export interface JobLines {
  /** @throws RequestError('locked') for a line about a person. */
  append(line: JobLine): void;
  /** The last `limit` lines of a job's log, oldest first. */
  list(jobId: string, limit: number): string[];
  /** Forgets every line about this person. */
  forget(about: string): number;
  /** The same without any key, by the keyed hash of the name. */
  forgetByTag(about: Uint8Array): number;
  count(about: string): number;
}

/** As it lies on the disk. */
export interface JobLineRow {
  jobId: string;
  line: number;
  text: string | null;
  sealed: Uint8Array | null;
  about: Uint8Array | null;
}

export function sealedJobLines(database: Database, vault: Vault): JobLines {
  return {
    append: ({ jobId, text, about }) => transaction(database, () => {
      const line = nextLine(database, jobId);
      if (about === null) return insertJobLine(database, { jobId, line, text, sealed: null, about: null });
      const keys = vault.keys();
      requireEpoch(database, keys.epoch);
      insertJobLine(database, { jobId, line, text: null, ...sealLine(keys, { jobId, line }, { text, about }) });
    }),
    list: (jobId, limit) => {
      const keys = vault.keysIfUnlocked();
      return listJobLineRows(database, jobId, limit).flatMap((row) => {
        if (row.sealed === null) return [row.text ?? ''];
        return keys === null ? [] : [unsealLine(keys, row, row.sealed).text];
      });
    },
    forget: (about) => sql(database, 'DELETE FROM job_lines WHERE about = @about').run({ about: tagOf(vault.keys(), 'name', about) }),
    forgetByTag: (about) => sql(database, 'DELETE FROM job_lines WHERE about = @about').run({ about }),
    count: (about) =>
      sql<{ count: number }>(database, 'SELECT count(*) AS count FROM job_lines WHERE about = @about').get({ about: tagOf(vault.keys(), 'name', about) })!.count,
  };
}

type Place = Pick<JobLineRow, 'jobId' | 'line'>;

export function sealLine(keys: StoreKeys, { jobId, line }: Place, content: { text: string; about: string }): { sealed: Uint8Array; about: Uint8Array } {
  return {
    sealed: sealText(keys.fields, JSON.stringify(content), ['line of a job', jobId, String(line)]),
    about: tagOf(keys, 'name', content.about),
  };
}

export function unsealLine(keys: FieldKey, { jobId, line }: Place, sealed: Uint8Array): { text: string; about: string } {
  return JSON.parse(unsealText(keys.fields, sealed, ['line of a job', jobId, String(line)])) as { text: string; about: string };
}

function nextLine(database: Database, jobId: string): number {
  return sql<{ line: number }>(database, 'SELECT coalesce(max(line), 0) + 1 AS line FROM job_lines WHERE job_id = @jobId').get({ jobId })!.line;
}

export function insertJobLine(database: Database, row: JobLineRow): void {
  sql(database, 'INSERT INTO job_lines (job_id, line, text, sealed, about) VALUES (@jobId, @line, @text, @sealed, @about)').run({ ...row });
}

function listJobLineRows(database: Database, jobId: string, limit: number): JobLineRow[] {
  return sql<JobLineRow>(
    database,
    `SELECT job_id AS jobId, line, text, sealed, about FROM
       (SELECT * FROM job_lines WHERE job_id = @jobId ORDER BY line DESC LIMIT @limit) ORDER BY line`,
  ).all({ jobId, limit });
}
