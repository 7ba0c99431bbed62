import type { SubjectCounts, SubjectRow } from './sealed-gallery/gallery-rows.ts';
import type { Database } from './statement.ts';
import { sql } from './statement.ts';

type Row = Omit<SubjectRow, 'isDemo'> & { isDemo: number };

const columns = 'subjects.id, name_tag AS nameTag, key, subjects.details, subjects.is_demo AS isDemo, subjects.created_at AS createdAt, expires_at AS expiresAt';

/** Within a transaction: the row carries the revision that it makes. */
export function insertSubject(database: Database, subject: SubjectRow): void {
  raiseRevision(database);
  sql(
    database,
    `INSERT INTO subjects (id, name_tag, key, details, is_demo, created_at, expires_at, revision)
     SELECT @id, @nameTag, @key, @details, @isDemo, @createdAt, @expiresAt, value FROM revisions WHERE name = 'subjects'`,
  ).run({ ...subject, isDemo: Number(subject.isDemo) });
}

export function updateSubject(database: Database, change: Pick<SubjectRow, 'id' | 'nameTag' | 'details'>): number {
  raiseRevision(database);
  return sql(
    database,
    `UPDATE subjects SET name_tag = @nameTag, details = @details,
       revision = (SELECT value FROM revisions WHERE name = 'subjects') WHERE id = @id`,
  ).run({ ...change });
}

/** What a person holds under other keys; the names are what they were. */
export function resealSubject(database: Database, { id, nameTag, key, details }: Pick<SubjectRow, 'id' | 'nameTag' | 'key' | 'details'>): void {
  sql(database, 'UPDATE subjects SET name_tag = @nameTag, key = @key, details = @details WHERE id = @id').run({ id, nameTag, key, details });
}

function raiseRevision(database: Database): void {
  sql(database, `UPDATE revisions SET value = value + 1 WHERE name = 'subjects'`).run();
}

export function subjectsRevision(database: Database): number {
  return sql<{ value: number }>(database, `SELECT value FROM revisions WHERE name = 'subjects'`).get()!.value;
}

export function listSubjectsSince(database: Database, revision: number): SubjectRow[] {
  return sql<Row>(database, `SELECT ${columns} FROM subjects WHERE revision > @revision`).all({ revision }).map(fromRow);
}

export function listSubjectIds(database: Database): string[] {
  return sql<{ id: string }>(database, 'SELECT id FROM subjects').all().map(({ id }) => id);
}

/** Identifiers in their order, from the one after `after` on; '' is before all. */
export function listSubjectIdsAfter(database: Database, after: string, limit: number): string[] {
  return sql<{ id: string }>(database, 'SELECT id FROM subjects WHERE id > @after ORDER BY id LIMIT @limit').all({ after, limit }).map(({ id }) => id);
}

/** Whose templates have changed since that revision, people who were deleted among them; and the revision now, seen at the same moment. */
export function listChangedSubjects(database: Database, since: number): { revision: number; subjectIds: string[] } {
  const { revision, subjectIds } = sql<{ revision: number; subjectIds: string }>(
    database,
    `SELECT value AS revision, (SELECT json_group_array(subject_id) FROM subject_changes WHERE revision > @since) AS subjectIds
     FROM revisions WHERE name = 'gallery'`,
  ).get({ since })!;
  return { revision, subjectIds: JSON.parse(subjectIds) as string[] };
}

export function countSubjects(database: Database): number {
  return sql<{ count: number }>(database, 'SELECT count(*) AS count FROM subjects').get()!.count;
}

export function findSubject(database: Database, id: string): SubjectRow | undefined {
  const row = sql<Row>(database, `SELECT ${columns} FROM subjects WHERE id = @id`).get({ id });
  return row && fromRow(row);
}

export function findSubjectByTag(database: Database, nameTag: Uint8Array): SubjectRow | undefined {
  const row = sql<Row>(database, `SELECT ${columns} FROM subjects WHERE name_tag = @nameTag`).get({ nameTag });
  return row && fromRow(row);
}

/** Who has this very picture enrolled, if anybody. */
export function findHolder(database: Database, contentTag: Uint8Array): SubjectRow | undefined {
  const row = sql<Row>(
    database,
    `SELECT ${columns} FROM samples JOIN subjects ON subjects.id = samples.subject_id WHERE content_tag = @contentTag LIMIT 1`,
  ).get({ contentTag });
  return row && fromRow(row);
}

/** `templates` counts those of `modelId`; without a model there are none. */
export function countsOfSubjects(database: Database, subjectIds: readonly string[], modelId: string | null): SubjectCounts[] {
  return sql<SubjectCounts>(
    database,
    `SELECT id,
       (SELECT count(*) FROM samples WHERE subject_id = subjects.id) AS samples,
       (SELECT count(*) FROM samples WHERE subject_id = subjects.id
          AND EXISTS (SELECT 1 FROM templates WHERE sample_id = samples.id AND model_id = @modelId)) AS templates,
       (SELECT id FROM samples WHERE subject_id = subjects.id ORDER BY created_at, rowid LIMIT 1) AS portrait
     FROM subjects WHERE id IN (SELECT value FROM json_each(@subjectIds))`,
  ).all({ subjectIds: JSON.stringify(subjectIds), modelId });
}

export function setExpiry(database: Database, id: string, expiresAt: number | null): void {
  sql(database, 'UPDATE subjects SET expires_at = @expiresAt WHERE id = @id').run({ id, expiresAt });
}

export function listExpired(database: Database, now: number): string[] {
  return sql<{ id: string }>(database, 'SELECT id FROM subjects WHERE expires_at <= @now ORDER BY expires_at').all({ now }).map(({ id }) => id);
}

export function removeSubject(database: Database, id: string): number {
  return sql(database, 'DELETE FROM subjects WHERE id = @id').run({ id });
}

export function countSubjectRows(database: Database, id: string): number {
  return sql<{ count: number }>(database, 'SELECT count(*) AS count FROM subjects WHERE id = @id').get({ id })!.count;
}

export function listDemoSubjectIds(database: Database): string[] {
  return sql<{ id: string }>(database, 'SELECT id FROM subjects WHERE is_demo = 1')
    .all()
    .map((row) => row.id);
}

/** A demo subject to whom the user added pictures belongs to the user from then on. */
export function setSubjectOwned(database: Database, id: string): void {
  sql(database, 'UPDATE subjects SET is_demo = 0 WHERE id = @id').run({ id });
}

function fromRow(row: Row): SubjectRow {
  return { ...row, isDemo: row.isDemo === 1 };
}
