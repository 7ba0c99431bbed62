import { resealSigningKeys } from '../audit/signing-keys.ts';
import { resealEvaluationTemplates } from '../evaluation-maps.ts';
import type { JobLineRow } from '../job-lines.ts';
import { sealLine, unsealLine } from '../job-lines.ts';
import { readPeople, replacePeople } from '../move/sqlite-people.ts';
import { sealProtectionKey, unsealProtectionKey } from '../sealed-gallery/sealing.ts';
import { dropStaged, readProtections, resealProtectionKey } from '../sealed-gallery/sqlite-protection.ts';
import type { Database } from '../statement.ts';
import { sql } from '../statement.ts';
import { listSubjectIds } from '../subjects.ts';
import { resealPeople } from './reseal-people.ts';
import type { FieldKey, StoreKeys } from './store-keys.ts';

/** Within a transaction: opens everything with the old keys and seals it with the new ones, person by person. */
export function resealEverything(database: Database, from: StoreKeys, to: StoreKeys): void {
  for (const id of listSubjectIds(database)) replacePeople(database, resealPeople(readPeople(database, [id]), from, to));
  resealOwnRows(database, from, to);
}

/** The same for what belongs to no one subject, and stays at the station when the gallery is on a server. */
export function resealOwnRows(database: Database, from: FieldKey, to: StoreKeys): void {
  resealProtections(database, from, to);
  resealJobLines(database, from, to);
  resealEvaluationTemplates(database, from, to);
  resealSigningKeys(database, from, to);
}

function resealProtections(database: Database, from: FieldKey, to: StoreKeys): void {
  // What was made of a change of the protection is made again: its key stays.
  dropStaged(database);
  const { current, next } = readProtections(database);
  for (const row of [current, next]) {
    if (row === null || row.key === null) continue;
    resealProtectionKey(database, row.id, sealProtectionKey(to, row, unsealProtectionKey(from, row, row.key)));
  }
}

function resealJobLines(database: Database, from: FieldKey, to: StoreKeys): void {
  const rows = sql<JobLineRow & { sealed: Uint8Array }>(
    database,
    'SELECT job_id AS jobId, line, text, sealed, about FROM job_lines WHERE sealed IS NOT NULL',
  ).all();
  for (const row of rows) {
    const { jobId, line } = row;
    const fresh = sealLine(to, row, unsealLine(from, row, row.sealed));
    sql(database, 'UPDATE job_lines SET sealed = @sealed, about = @about WHERE job_id = @jobId AND line = @line').run({ jobId, line, ...fresh });
  }
}
