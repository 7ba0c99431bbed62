import type { ListedSample, Owner, SampleRow, SealedDetails } from './sealed-gallery/gallery-rows.ts';
import type { Database } from './statement.ts';
import { sql } from './statement.ts';

type Row = Omit<ListedSample, 'isDemo' | 'hasTemplate'> & { isDemo: number; hasTemplate: number };

/** A picture of an enrolled person is kept inside the database, so that deleting the row deletes the picture. */
export function insertSample(database: Database, sample: SampleRow): void {
  sql(
    database,
    `INSERT INTO samples (id, subject_id, content_tag, details, bytes, width, height, is_demo, created_at)
     VALUES (@id, @subjectId, @contentTag, @details, @bytes, @width, @height, @isDemo, @createdAt)`,
  ).run({ ...sample, isDemo: Number(sample.isDemo) });
}

/** Oldest first; `hasTemplate` tells of a template of `modelId`. */
export function listSamples(database: Database, subjectId: string, modelId: string | null): ListedSample[] {
  return sql<Row>(
    database,
    `SELECT id, subject_id AS subjectId, details, width, height, is_demo AS isDemo, created_at AS createdAt,
       EXISTS (SELECT 1 FROM templates WHERE sample_id = samples.id AND model_id = @modelId) AS hasTemplate
     FROM samples WHERE subject_id = @subjectId ORDER BY created_at, rowid`,
  )
    .all({ subjectId, modelId })
    .map((row) => ({ ...row, isDemo: row.isDemo === 1, hasTemplate: row.hasTemplate === 1 }));
}

/** What is sealed about the samples of these people; those of one person stand together. */
export function listDetailsOf(database: Database, subjectIds: readonly string[]): SealedDetails[] {
  return sql<SealedDetails>(
    database,
    `SELECT subject_id AS subjectId, subjects.key, samples.id AS sampleId, samples.details FROM json_each(@subjectIds)
       CROSS JOIN subjects ON subjects.id = json_each.value CROSS JOIN samples ON samples.subject_id = subjects.id
     ORDER BY subject_id, samples.created_at, samples.rowid`,
  ).all({ subjectIds: JSON.stringify(subjectIds) });
}

/** The envelopes of a sample, with the wrapped key that opens them. */
export function readSample(database: Database, id: string): (Owner & Pick<SampleRow, 'details' | 'bytes'>) | undefined {
  return sql<Owner & Pick<SampleRow, 'details' | 'bytes'>>(
    database,
    `SELECT subject_id AS subjectId, key, samples.details, bytes FROM samples JOIN subjects ON subjects.id = subject_id
     WHERE samples.id = @id`,
  ).get({ id });
}

export function ownerOfSample(database: Database, id: string): Owner | undefined {
  return sql<Owner>(
    database,
    'SELECT subject_id AS subjectId, key FROM samples JOIN subjects ON subjects.id = subject_id WHERE samples.id = @id',
  ).get({ id });
}

export function resealSample(database: Database, { id, contentTag, details, bytes }: Pick<SampleRow, 'id' | 'contentTag' | 'details' | 'bytes'>): void {
  sql(database, 'UPDATE samples SET content_tag = @contentTag, details = @details, bytes = @bytes WHERE id = @id').run({ id, contentTag, details, bytes });
}

export function updateSampleDetails(database: Database, { id, details, was }: Pick<SampleRow, 'id' | 'details'> & { was: Uint8Array }): void {
  sql(database, 'UPDATE samples SET details = @details WHERE id = @id AND details = @was').run({ id, details, was });
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

export function countSamples(database: Database): number {
  return sql<{ count: number }>(database, 'SELECT count(*) AS count FROM samples').get()!.count;
}
