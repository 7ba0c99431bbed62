import type { SealedTemplate, TemplateRow } from './sealed-gallery/gallery-rows.ts';
import type { Database } from './statement.ts';
import { sql } from './statement.ts';

/** The weights that made a template, named in full: templates of other weights are never read. */
export interface TemplateModel {
  modelId: string;
  weightsHash: string;
  /** Length of the vectors. */
  size: number;
  /** The protection that the vectors are under ('' for none): those under another are never read. */
  protection: string;
}

export interface Template extends TemplateModel {
  sampleId: string;
  /** Unit length. */
  vector: Float32Array;
}

export function insertTemplate(database: Database, template: TemplateRow): void {
  sql(
    database,
    `INSERT OR REPLACE INTO templates (sample_id, model_id, weights_hash, size, protection, vector)
     VALUES (@sampleId, @modelId, @weightsHash, @size, @protection, @vector)`,
  ).run({ ...template });
}

/** Where a template is kept: in use, or beside those until a change of the protection takes it over. */
type TemplateTable = 'templates' | 'next_templates';

/** Keeps a template unless its sample or its model was deleted while it was computed. */
export function keepTemplateIfWanted(database: Database, table: TemplateTable, template: TemplateRow): void {
  sql(
    database,
    `INSERT OR REPLACE INTO ${table} (sample_id, model_id, weights_hash, size, protection, vector)
     SELECT samples.id, models.id, models.weights_hash, models.embedding_size, @protection, @vector FROM samples, models
     WHERE samples.id = @sampleId AND models.id = @modelId AND models.weights_hash = @weightsHash AND models.embedding_size = @size`,
  ).run({ ...template });
}

/** The references of one person, oldest first. (CROSS JOIN: the person's few samples first, not all of a model's templates.) */
export function listReferences(database: Database, subjectId: string, model: TemplateModel): { sampleId: string; vector: Uint8Array }[] {
  return sql<{ sampleId: string; vector: Uint8Array }>(
    database,
    `SELECT sample_id AS sampleId, vector FROM samples CROSS JOIN templates ON templates.sample_id = samples.id
     WHERE subject_id = @subjectId AND model_id = @modelId AND weights_hash = @weightsHash AND size = @size AND protection = @protection
     ORDER BY samples.created_at, samples.rowid`,
  ).all({ subjectId, ...model });
}

/** The templates of these people; those of one person stand together. */
export function listTemplatesOf(database: Database, model: TemplateModel, subjectIds: readonly string[]): SealedTemplate[] {
  return sql<SealedTemplate>(
    database,
    `SELECT subject_id AS subjectId, subjects.key, sample_id AS sampleId, vector FROM json_each(@subjectIds)
       CROSS JOIN subjects ON subjects.id = json_each.value CROSS JOIN samples ON samples.subject_id = subjects.id
       CROSS JOIN templates ON templates.sample_id = samples.id
     WHERE model_id = @modelId AND weights_hash = @weightsHash AND size = @size AND protection = @protection
     ORDER BY subject_id, samples.created_at, samples.rowid`,
  ).all({ ...model, subjectIds: JSON.stringify(subjectIds) });
}

/** Of one person, of every model; those that wait for a change of the protection too. */
export function listTemplatesOfSubject(database: Database, subjectId: string): TemplateRow[] {
  return sql<TemplateRow>(
    database,
    `SELECT sample_id AS sampleId, model_id AS modelId, weights_hash AS weightsHash, size, protection, vector
     FROM samples CROSS JOIN templates ON templates.sample_id = samples.id WHERE subject_id = @subjectId
     UNION ALL SELECT sample_id, model_id, weights_hash, size, protection, vector
     FROM samples CROSS JOIN next_templates ON next_templates.sample_id = samples.id WHERE subject_id = @subjectId`,
  ).all({ subjectId });
}

export function resealTemplate(database: Database, { sampleId, modelId, vector }: TemplateRow): void {
  sql(database, 'UPDATE templates SET vector = @vector WHERE sample_id = @sampleId AND model_id = @modelId').run({ sampleId, modelId, vector });
}

/** Samples that this model has not yet turned into a template, oldest first. */
export function listSamplesWithoutTemplate(database: Database, model: TemplateModel): string[] {
  return sql<{ id: string }>(
    database,
    `SELECT id FROM samples WHERE NOT EXISTS
       (SELECT 1 FROM templates WHERE sample_id = samples.id
          AND model_id = @modelId AND weights_hash = @weightsHash AND size = @size AND protection = @protection)
     ORDER BY created_at, rowid`,
  )
    .all({ ...model })
    .map((row) => row.id);
}

export function countTemplatesOfModel(database: Database, modelId: string): number {
  return sql<{ count: number }>(database, 'SELECT count(*) AS count FROM templates WHERE model_id = @modelId').get({ modelId })!.count;
}

export function removeTemplatesOfSubject(database: Database, subjectId: string): number {
  return sql(
    database,
    'DELETE FROM templates WHERE sample_id IN (SELECT id FROM samples WHERE subject_id = @subjectId)',
  ).run({ subjectId });
}

/** Templates left of these samples (a JSON array of their ids); zero once they are deleted. */
export function countTemplatesOfSamples(database: Database, sampleIds: string[]): number {
  return sql<{ count: number }>(
    database,
    `SELECT (SELECT count(*) FROM templates WHERE sample_id IN (SELECT value FROM json_each(@sampleIds)))
       + (SELECT count(*) FROM next_templates WHERE sample_id IN (SELECT value FROM json_each(@sampleIds))) AS count`,
  ).get({ sampleIds: JSON.stringify(sampleIds) })!.count;
}
