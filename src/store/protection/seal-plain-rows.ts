import { createHash } from 'node:crypto';
import { float32Of } from '../blobs.ts';
import { resealEvaluationTemplates } from '../evaluation-maps.ts';
import { insertJobLine, sealLine } from '../job-lines.ts';
import { insertSample } from '../samples.ts';
import type { SubjectKey } from '../sealed-gallery/sealing.ts';
import { newSubjectKey, sealPicture, sealSampleDetails, sealSubject, sealVector } from '../sealed-gallery/sealing.ts';
import type { Database } from '../statement.ts';
import { sql, transaction } from '../statement.ts';
import { insertSubject } from '../subjects.ts';
import { insertTemplate } from '../templates.ts';
import { askForScrub } from './scrub.ts';
import type { StoreKeys } from './store-keys.ts';
import { tagOf } from './store-keys.ts';

/**
 * Moves what a store of an earlier version keeps in plain text into sealed rows; all of it or nothing. The scrub that has to follow
 * is noted in the same transaction.
 *
 * @returns how many people and lines were moved.
 */
export function sealPlainRows(database: Database, keys: StoreKeys): number {
  if (!holdsPlainRows(database)) return 0;
  return transaction(database, () => {
    const subjects = sql<PlainSubject>(database, 'SELECT id, name, note, is_demo AS isDemo, created_at AS createdAt FROM plain_subjects').all();
    for (const subject of subjects) moveSubject(database, keys, subject);
    const others = moveJobLines(database, keys) + resealEvaluationTemplates(database, null, keys);
    askForScrub(database);
    return subjects.length + others;
  });
}

function holdsPlainRows(database: Database): boolean {
  return sql(database, 'SELECT 1 WHERE EXISTS (SELECT 1 FROM plain_subjects) OR EXISTS (SELECT 1 FROM plain_job_lines) OR EXISTS (SELECT 1 FROM evaluation_templates WHERE sealed = 0)').get() !== undefined;
}

interface PlainSubject {
  id: string;
  name: string;
  note: string;
  isDemo: number;
  createdAt: number;
}

interface PlainSample {
  id: string;
  fileName: string;
  width: number;
  height: number;
  isDemo: number;
  createdAt: number;
  bytes: Uint8Array;
}

function moveSubject(database: Database, keys: StoreKeys, { id, name, note, isDemo, createdAt }: PlainSubject): void {
  const key = newSubjectKey(keys, id);
  insertSubject(database, { id, nameTag: tagOf(keys, 'name', name), key: key.wrapped, details: sealSubject(key, { name, note }), isDemo: isDemo === 1, createdAt, expiresAt: null });
  const samples = sql<PlainSample>(
    database,
    `SELECT id, file_name AS fileName, width, height, is_demo AS isDemo, created_at AS createdAt, bytes FROM plain_samples
     WHERE subject_id = @id ORDER BY created_at, rowid`,
  ).all({ id });
  for (const sample of samples) moveSample(database, { keys, key }, sample);
  sql(database, 'DELETE FROM plain_subjects WHERE id = @id').run({ id });
}

function moveSample(database: Database, { keys, key }: { keys: StoreKeys; key: SubjectKey }, { id, fileName, bytes, isDemo, ...sample }: PlainSample): void {
  insertSample(database, {
    ...sample, id, isDemo: isDemo === 1, subjectId: key.subjectId, contentTag: tagOf(keys, 'picture', createHash('sha256').update(bytes).digest('hex')),
    details: sealSampleDetails(key, id, { fileName }), bytes: sealPicture(key, id, bytes),
  });
  const templates = sql<{ sampleId: string; modelId: string; weightsHash: string; size: number; vector: Uint8Array }>(
    database,
    'SELECT sample_id AS sampleId, model_id AS modelId, weights_hash AS weightsHash, size, vector FROM plain_templates WHERE sample_id = @id',
  ).all({ id });
  for (const template of templates) insertTemplate(database, { ...template, vector: sealVector(key, { ...template, protection: '' }, float32Of(template.vector)), protection: '' });
}

function moveJobLines(database: Database, keys: StoreKeys): number {
  const lines = sql<{ jobId: string; line: number; text: string; about: string | null }>(
    database,
    'SELECT job_id AS jobId, line, text, about FROM plain_job_lines',
  ).all();
  for (const { jobId, line, text, about } of lines) {
    if (about === null) insertJobLine(database, { jobId, line, text, sealed: null, about: null });
    else insertJobLine(database, { jobId, line, text: null, ...sealLine(keys, { jobId, line }, { text, about }) });
  }
  sql(database, 'DELETE FROM plain_job_lines').run();
  return lines.length;
}
