import type { SubjectCounts, SubjectRow } from '../sealed-gallery/gallery-rows.ts';
import type { Transaction } from './server.ts';

const columns = 'subjects.id, name_tag AS "nameTag", key, subjects.details, subjects.is_demo AS "isDemo", subjects.created_at AS "createdAt", expires_at AS "expiresAt"';

/** Within a transaction: the rows carry the one revision that they make. */
export async function insertSubjects(transaction: Transaction, rows: readonly SubjectRow[]): Promise<void> {
  await transaction.run(
    `WITH raised AS (UPDATE likeness.revisions SET value = value + 1 WHERE name = 'subjects' RETURNING value)
     INSERT INTO likeness.subjects (id, name_tag, key, details, is_demo, created_at, expires_at, revision)
     SELECT fresh.*, value FROM raised, unnest($1::text[], $2::bytea[], $3::bytea[], $4::bytea[], $5::boolean[], $6::bigint[], $7::bigint[]) AS fresh`,
    [
      rows.map(({ id }) => id), rows.map(({ nameTag }) => nameTag), rows.map(({ key }) => key), rows.map(({ details }) => details),
      rows.map(({ isDemo }) => isDemo), rows.map(({ createdAt }) => createdAt), rows.map(({ expiresAt }) => expiresAt),
    ],
  );
}

export async function updateSubject(transaction: Transaction, { id, nameTag, details }: Pick<SubjectRow, 'id' | 'nameTag' | 'details'>): Promise<void> {
  await transaction.run(
    `WITH raised AS (UPDATE likeness.revisions SET value = value + 1 WHERE name = 'subjects' RETURNING value)
     UPDATE likeness.subjects SET name_tag = $2, details = $3, revision = raised.value FROM raised WHERE id = $1`,
    [id, nameTag, details],
  );
}

export async function setExpiry(on: Transaction, id: string, expiresAt: number | null): Promise<void> {
  await on.run('UPDATE likeness.subjects SET expires_at = $2 WHERE id = $1', [id, expiresAt]);
}

export function listSubjectsSince(on: Transaction, revision: number): Promise<SubjectRow[]> {
  return on.all(`SELECT ${columns} FROM likeness.subjects WHERE revision > $1`, [revision]);
}

export async function findSubject(on: Transaction, id: string): Promise<SubjectRow | undefined> {
  return (await on.all<SubjectRow>(`SELECT ${columns} FROM likeness.subjects WHERE id = $1`, [id]))[0];
}

export async function findSubjectByTag(on: Transaction, nameTag: Uint8Array): Promise<SubjectRow | undefined> {
  return (await on.all<SubjectRow>(`SELECT ${columns} FROM likeness.subjects WHERE name_tag = $1`, [nameTag]))[0];
}

/** Who has this very picture enrolled, if anybody. */
export async function findHolder(on: Transaction, contentTag: Uint8Array): Promise<SubjectRow | undefined> {
  const found = await on.all<SubjectRow>(
    `SELECT ${columns} FROM likeness.samples JOIN likeness.subjects ON subjects.id = samples.subject_id WHERE content_tag = $1 LIMIT 1`,
    [contentTag],
  );
  return found[0];
}

export async function listSubjectIds(on: Transaction): Promise<string[]> {
  return idsOf(await on.all('SELECT id FROM likeness.subjects'));
}

export async function listSubjectIdsAfter(on: Transaction, after: string, limit: number): Promise<string[]> {
  return idsOf(await on.all('SELECT id FROM likeness.subjects WHERE id > $1 ORDER BY id LIMIT $2', [after, limit]));
}

export async function listExpired(on: Transaction, now: number): Promise<string[]> {
  return idsOf(await on.all('SELECT id FROM likeness.subjects WHERE expires_at <= $1 ORDER BY expires_at', [now]));
}

export async function listDemoSubjectIds(on: Transaction): Promise<string[]> {
  return idsOf(await on.all('SELECT id FROM likeness.subjects WHERE is_demo'));
}

/** Whose templates have changed since that revision; and the revision now, seen at the same moment. */
export async function listChangedSubjects(on: Transaction, since: number): Promise<{ revision: number; subjectIds: string[] }> {
  const [row] = await on.all<{ revision: number; subjectIds: string[] }>(
    `SELECT value AS revision, ARRAY(SELECT subject_id FROM likeness.subject_changes WHERE revision > $1) AS "subjectIds"
     FROM likeness.revisions WHERE name = 'gallery'`,
    [since],
  );
  return row!;
}

export async function revisionOf(on: Transaction, name: 'gallery' | 'subjects'): Promise<number> {
  const [row] = await on.all<{ value: number }>('SELECT value FROM likeness.revisions WHERE name = $1', [name]);
  return row!.value;
}

/**
 * The one lock that every change of the gallery takes before it touches a row; after the keyring, where that is needed too. Stations change
 * one after the other, as in SQLite, and none waits for a row that another holds.
 */
export async function lockGallery(on: Transaction): Promise<void> {
  await on.all(`SELECT value FROM likeness.revisions WHERE name IN ('gallery', 'subjects') ORDER BY name FOR UPDATE`);
}

export function countsOfSubjects(on: Transaction, subjectIds: readonly string[], modelId: string | null): Promise<SubjectCounts[]> {
  return on.all(
    `SELECT id,
       (SELECT count(*) FROM likeness.samples WHERE subject_id = subjects.id) AS samples,
       (SELECT count(*) FROM likeness.samples WHERE subject_id = subjects.id
          AND EXISTS (SELECT 1 FROM likeness.templates WHERE sample_id = samples.id AND model_id = $2)) AS templates,
       (SELECT id FROM likeness.samples WHERE subject_id = subjects.id ORDER BY created_at, position LIMIT 1) AS portrait
     FROM likeness.subjects WHERE id = ANY($1)`,
    [subjectIds, modelId],
  );
}

export async function countSubjects(on: Transaction): Promise<number> {
  const [row] = await on.all<{ count: number }>('SELECT count(*) AS count FROM likeness.subjects');
  return row!.count;
}

function idsOf(rows: readonly unknown[]): string[] {
  return (rows as { id: string }[]).map(({ id }) => id);
}
