import { createHash } from 'node:crypto';
import { resealEvaluationTemplates } from '../evaluation-maps.ts';
import type { JobLineRow } from '../job-lines.ts';
import { sealLine, unsealLine } from '../job-lines.ts';
import { listSamples, readSample, resealSample } from '../samples.ts';
import type { SubjectKey } from '../sealed-gallery/sealing.ts';
import * as sealing from '../sealed-gallery/sealing.ts';
import type { Database } from '../statement.ts';
import { sql } from '../statement.ts';
import { findSubject, listSubjectIds, resealSubject } from '../subjects.ts';
import { listTemplatesOfSubject, resealTemplate } from '../templates.ts';
import type { StoreKeys } from './store-keys.ts';
import { tagOf } from './store-keys.ts';

/** Within a transaction: opens everything with the old keys and seals it with the new ones, subject by subject. */
export function resealEverything(database: Database, from: StoreKeys, to: StoreKeys): void {
  for (const id of listSubjectIds(database)) resealPerson(database, { from, to }, id);
  resealJobLines(database, from, to);
  resealEvaluationTemplates(database, from, to);
}

interface Change<Keys> {
  from: Keys;
  to: Keys;
}

function resealPerson(database: Database, { from, to }: Change<StoreKeys>, id: string): void {
  const row = findSubject(database, id)!;
  const old = sealing.unwrapSubjectKey(from, id, row.key);
  const { wrapped, ...fresh } = sealing.newSubjectKey(to, id);
  const details = sealing.unsealSubject(old, row.details);
  resealSubject(database, { id, nameTag: tagOf(to, 'name', details.name), key: wrapped, details: sealing.sealSubject(fresh, details) });
  for (const sample of listSamples(database, id, null)) resealPicture(database, { keys: to, from: old, to: fresh }, sample.id);
  for (const template of listTemplatesOfSubject(database, id)) {
    resealTemplate(database, { ...template, vector: sealing.sealVector(fresh, template, sealing.unsealVector(old, template, template.vector)) });
  }
}

function resealPicture(database: Database, { keys, from, to }: Change<SubjectKey> & { keys: StoreKeys }, id: string): void {
  const row = readSample(database, id)!;
  const bytes = sealing.unsealPicture(from, id, row.bytes);
  resealSample(database, {
    id,
    contentTag: tagOf(keys, 'picture', createHash('sha256').update(bytes).digest('hex')),
    details: sealing.sealSampleDetails(to, id, sealing.unsealSampleDetails(from, id, row.details)),
    bytes: sealing.sealPicture(to, id, bytes),
  });
}

function resealJobLines(database: Database, from: StoreKeys, to: StoreKeys): void {
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
