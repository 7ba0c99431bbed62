import type { Database } from './statement.ts';
import { sql } from './statement.ts';

/** A picture of an enrolled person, kept inside the database so that deleting the row deletes the picture. */
export interface NewSample {
  id: string;
  subjectId: string;
  fileName: string;
  bytes: Uint8Array;
  width: number;
  height: number;
  sha256: string;
  isDemo: boolean;
  createdAt: number;
}

export type SampleRecord = Omit<NewSample, 'bytes'> & { hasTemplate: boolean };

type SampleRow = Omit<SampleRecord, 'isDemo' | 'hasTemplate'> & { isDemo: number; hasTemplate: number };

export function insertSample(database: Database, sample: NewSample): void {
  sql(
    database,
    `INSERT INTO samples (id, subject_id, file_name, bytes, width, height, sha256, is_demo, created_at)
     VALUES (@id, @subjectId, @fileName, @bytes, @width, @height, @sha256, @isDemo, @createdAt)`,
  ).run({ ...sample, isDemo: Number(sample.isDemo) });
}

/** Oldest first; `hasTemplate` tells of a template of `modelId`. */
export function listSamples(database: Database, subjectId: string, modelId: string | null): SampleRecord[] {
  return sql<SampleRow>(
    database,
    `SELECT id, subject_id AS subjectId, file_name AS fileName, width, height, sha256, is_demo AS isDemo,
       created_at AS createdAt,
       EXISTS (SELECT 1 FROM templates WHERE sample_id = samples.id AND model_id = @modelId) AS hasTemplate
     FROM samples WHERE subject_id = @subjectId ORDER BY created_at, rowid`,
  )
    .all({ subjectId, modelId })
    .map((row) => ({ ...row, isDemo: row.isDemo === 1, hasTemplate: row.hasTemplate === 1 }));
}

/** The picture as it was enrolled. */
export function readSampleBytes(database: Database, id: string): { bytes: Uint8Array; fileName: string } | undefined {
  return sql<{ bytes: Uint8Array; fileName: string }>(
    database,
    'SELECT bytes, file_name AS fileName FROM samples WHERE id = @id',
  ).get({ id });
}

export function holdsSample(database: Database, id: string): boolean {
  return sql(database, 'SELECT 1 FROM samples WHERE id = @id').get({ id }) !== undefined;
}

/** Who has this very picture enrolled, if anybody. */
export function findHolder(database: Database, sha256: string): { subjectId: string; name: string } | undefined {
  return sql<{ subjectId: string; name: string }>(
    database,
    `SELECT subjects.id AS subjectId, subjects.name FROM samples JOIN subjects ON subjects.id = samples.subject_id
     WHERE sha256 = @sha256 LIMIT 1`,
  ).get({ sha256 });
}

export function removeSample(database: Database, id: string): number {
  return sql(database, 'DELETE FROM samples WHERE id = @id').run({ id });
}

export function removeDemoSamples(database: Database, subjectId: string): number {
  return sql(database, 'DELETE FROM samples WHERE subject_id = @subjectId AND is_demo = 1').run({ subjectId });
}

export function removeSamplesOfSubject(database: Database, subjectId: string): number {
  return sql(database, 'DELETE FROM samples WHERE subject_id = @subjectId').run({ subjectId });
}

export function countSamplesOfSubject(database: Database, subjectId: string): number {
  return sql<{ count: number }>(database, 'SELECT count(*) AS count FROM samples WHERE subject_id = @subjectId').get({
    subjectId,
  })!.count;
}
