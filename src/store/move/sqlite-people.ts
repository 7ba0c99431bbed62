import { insertSample, resealSample } from '../samples.ts';
import type { SampleRow, SubjectRow, TemplateRow } from '../sealed-gallery/gallery-rows.ts';
import { dropPlan, insertProtection, readProtections } from '../sealed-gallery/sqlite-protection.ts';
import type { Database } from '../statement.ts';
import { sql } from '../statement.ts';
import { insertSubject, listSubjectIdsAfter, resealSubject } from '../subjects.ts';
import { insertTemplate, resealTemplate } from '../templates.ts';
import type { PeoplePlace, PeopleRows } from './people.ts';

type Flagged<Row> = Omit<Row, 'isDemo'> & { isDemo: number };

/** The data folder's own database, within a transaction that the caller has begun. */
export function sqlitePeople(database: Database): PeoplePlace {
  return {
    listSubjectIdsAfter: async (after, limit) => listSubjectIdsAfter(database, after, limit),
    read: async (subjectIds) => readPeople(database, subjectIds),
    readProtections: async () => readProtections(database),
    writeProtection: async (current) => {
      dropPlan(database);
      insertProtection(database, 'current', current);
    },
    insert: async ({ subjects, samples, templates }) => {
      for (const subject of subjects) insertSubject(database, subject);
      for (const sample of samples) insertSample(database, sample);
      for (const template of templates) insertTemplate(database, template);
    },
  };
}

export function readPeople(database: Database, subjectIds: readonly string[]): PeopleRows {
  const ids = JSON.stringify(subjectIds);
  return { subjects: readSubjects(database, ids), samples: readSamples(database, ids), templates: readTemplates(database, ids) };
}

/** Puts envelopes in the place of those that these people had. */
export function replacePeople(database: Database, { subjects, samples, templates }: PeopleRows): void {
  for (const subject of subjects) resealSubject(database, subject);
  for (const sample of samples) resealSample(database, sample);
  for (const template of templates) resealTemplate(database, template);
}

function readSubjects(database: Database, ids: string): SubjectRow[] {
  return sql<Flagged<SubjectRow>>(
    database,
    `SELECT id, name_tag AS nameTag, key, details, is_demo AS isDemo, created_at AS createdAt, expires_at AS expiresAt FROM subjects
     WHERE id IN (SELECT value FROM json_each(@ids))`,
  ).all({ ids }).map((row) => ({ ...row, isDemo: row.isDemo === 1 }));
}

function readSamples(database: Database, ids: string): SampleRow[] {
  return sql<Flagged<SampleRow>>(
    database,
    `SELECT id, subject_id AS subjectId, content_tag AS contentTag, details, width, height, is_demo AS isDemo, created_at AS createdAt, bytes
     FROM samples WHERE subject_id IN (SELECT value FROM json_each(@ids)) ORDER BY rowid`,
  ).all({ ids }).map((row) => ({ ...row, isDemo: row.isDemo === 1 }));
}

function readTemplates(database: Database, ids: string): TemplateRow[] {
  return sql<TemplateRow>(
    database,
    `SELECT sample_id AS sampleId, model_id AS modelId, weights_hash AS weightsHash, size, protection, vector
     FROM samples CROSS JOIN templates ON sample_id = samples.id
     WHERE subject_id IN (SELECT value FROM json_each(@ids)) ORDER BY templates.rowid`,
  ).all({ ids });
}
