import type { SubjectCard } from '../contract/requests/gallery.ts';
import type { Database } from './statement.ts';
import { sql } from './statement.ts';

export interface NewSubject {
  id: string;
  name: string;
  note: string;
  isDemo: boolean;
  createdAt: number;
}

/** `templates` counts those of `modelId`; without a model there are none. */
const selectSubjects = `
  SELECT id, name, note,
    (SELECT count(*) FROM samples WHERE subject_id = subjects.id) AS samples,
    (SELECT count(*) FROM samples WHERE subject_id = subjects.id
       AND EXISTS (SELECT 1 FROM templates WHERE sample_id = samples.id AND model_id = @modelId)) AS templates,
    (SELECT id FROM samples WHERE subject_id = subjects.id ORDER BY created_at, rowid LIMIT 1) AS portrait,
    created_at AS createdAt
  FROM subjects`;

export function insertSubject(database: Database, subject: NewSubject): void {
  sql(
    database,
    'INSERT INTO subjects (id, name, note, is_demo, created_at) VALUES (@id, @name, @note, @isDemo, @createdAt)',
  ).run({ ...subject, isDemo: Number(subject.isDemo) });
}

export interface SubjectQuery {
  /** Any part of the name, in whichever case, accents aside. */
  search: string;
  offset: number;
  limit: number;
  modelId: string | null;
}

export function listSubjects(database: Database, query: SubjectQuery): SubjectCard[] {
  return sql<SubjectCard>(
    database,
    `${selectSubjects}
     WHERE @search = '' OR instr(fold(name), fold(@search)) > 0
     ORDER BY name COLLATE NOCASE, id LIMIT @limit OFFSET @offset`,
  ).all({ ...query });
}

export function countMatchingSubjects(database: Database, search: string): number {
  return sql<{ count: number }>(
    database,
    `SELECT count(*) AS count FROM subjects WHERE @search = '' OR instr(fold(name), fold(@search)) > 0`,
  ).get({ search })!.count;
}

export function findSubject(database: Database, id: string, modelId: string | null): SubjectCard | undefined {
  return sql<SubjectCard>(database, `${selectSubjects} WHERE id = @id`).get({ id, modelId });
}

export function findSubjectIdByName(database: Database, name: string): string | undefined {
  return sql<{ id: string }>(database, 'SELECT id FROM subjects WHERE name = @name').get({ name })?.id;
}

export function renameSubject(database: Database, id: string, name: string): void {
  sql(database, 'UPDATE subjects SET name = @name WHERE id = @id').run({ id, name });
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
