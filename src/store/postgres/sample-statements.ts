import type { ListedSample, Owner, SampleRow, SealedDetails, SealedTemplate, TemplateRow } from '../sealed-gallery/gallery-rows.ts';
import type { TemplateModel } from '../templates.ts';
import type { Transaction } from './server.ts';

export async function insertSample(on: Transaction, sample: SampleRow): Promise<void> {
  const { id, subjectId, contentTag, details, bytes, width, height, isDemo, createdAt } = sample;
  await on.run(
    `INSERT INTO likeness.samples (id, subject_id, content_tag, details, bytes, width, height, is_demo, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [id, subjectId, contentTag, details, bytes, width, height, isDemo, createdAt],
  );
}

/** Oldest first; `hasTemplate` tells of a template of `modelId`. */
export function listSamples(on: Transaction, subjectId: string, modelId: string | null): Promise<ListedSample[]> {
  return on.all(
    `SELECT id, subject_id AS "subjectId", details, width, height, is_demo AS "isDemo", created_at AS "createdAt",
       EXISTS (SELECT 1 FROM likeness.templates WHERE sample_id = samples.id AND model_id = $2) AS "hasTemplate"
     FROM likeness.samples WHERE subject_id = $1 ORDER BY created_at, position`,
    [subjectId, modelId],
  );
}

export async function readSample(on: Transaction, id: string): Promise<(Owner & Pick<SampleRow, 'details' | 'bytes'>) | undefined> {
  const found = await on.all<Owner & Pick<SampleRow, 'details' | 'bytes'>>(
    `SELECT subject_id AS "subjectId", key, samples.details, bytes
     FROM likeness.samples JOIN likeness.subjects ON subjects.id = subject_id WHERE samples.id = $1`,
    [id],
  );
  return found[0];
}

export async function updateSampleDetails(on: Transaction, { id, details, was }: Pick<SampleRow, 'id' | 'details'> & { was: Uint8Array }): Promise<void> {
  await on.run('UPDATE likeness.samples SET details = $2 WHERE id = $1 AND details = $3', [id, details, was]);
}

export async function ownerOfSample(on: Transaction, id: string): Promise<Owner | undefined> {
  const found = await on.all<Owner>(
    'SELECT subject_id AS "subjectId", key FROM likeness.samples JOIN likeness.subjects ON subjects.id = subject_id WHERE samples.id = $1',
    [id],
  );
  return found[0];
}

export async function insertTemplates(on: Transaction, rows: readonly TemplateRow[]): Promise<void> {
  await on.run(
    `INSERT INTO likeness.templates (sample_id, model_id, weights_hash, size, protection, vector)
     SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::integer[], $5::text[], $6::bytea[])
     ON CONFLICT (sample_id, model_id) DO UPDATE
       SET weights_hash = excluded.weights_hash, size = excluded.size, protection = excluded.protection, vector = excluded.vector`,
    [
      rows.map(({ sampleId }) => sampleId), rows.map(({ modelId }) => modelId), rows.map(({ weightsHash }) => weightsHash),
      rows.map(({ size }) => size), rows.map(({ protection }) => protection), rows.map(({ vector }) => vector),
    ],
  );
}

/** Where a template is kept: in use, or beside those until a change of the protection takes it over. */
type TemplateTable = 'templates' | 'next_templates';

/** Keeps a template unless its sample or its model was deleted while it was computed. */
export async function keepTemplateIfWanted(on: Transaction, table: TemplateTable, { sampleId, modelId, weightsHash, size, protection, vector }: TemplateRow): Promise<void> {
  await on.run(
    `INSERT INTO likeness.${table} (sample_id, model_id, weights_hash, size, protection, vector)
     SELECT samples.id, models.id, models.weights_hash, models.embedding_size, $5, $6 FROM likeness.samples, likeness.models
     WHERE samples.id = $1 AND models.id = $2 AND models.weights_hash = $3 AND models.embedding_size = $4
     ON CONFLICT (sample_id, model_id) DO UPDATE
       SET weights_hash = excluded.weights_hash, size = excluded.size, protection = excluded.protection, vector = excluded.vector`,
    [sampleId, modelId, weightsHash, size, protection, vector],
  );
}

export function listReferences(on: Transaction, subjectId: string, { modelId, weightsHash, size, protection }: TemplateModel): Promise<{ sampleId: string; vector: Uint8Array }[]> {
  return on.all(
    `SELECT sample_id AS "sampleId", vector FROM likeness.samples JOIN likeness.templates ON templates.sample_id = samples.id
     WHERE subject_id = $1 AND model_id = $2 AND weights_hash = $3 AND size = $4 AND protection = $5
     ORDER BY samples.created_at, position`,
    [subjectId, modelId, weightsHash, size, protection],
  );
}

/** Of one person, of every model; those that wait for a change of the protection too. */
export function listTemplatesOfSubject(on: Transaction, subjectId: string): Promise<TemplateRow[]> {
  return on.all(
    `SELECT sample_id AS "sampleId", model_id AS "modelId", weights_hash AS "weightsHash", size, protection, vector
     FROM likeness.samples JOIN likeness.templates ON sample_id = samples.id WHERE subject_id = $1
     UNION ALL SELECT sample_id, model_id, weights_hash, size, protection, vector
     FROM likeness.samples JOIN likeness.next_templates ON sample_id = samples.id WHERE subject_id = $1`,
    [subjectId],
  );
}

/** The templates of these people; those of one person stand together. */
export function listTemplatesOf(on: Transaction, { modelId, weightsHash, size, protection }: TemplateModel, subjectIds: readonly string[]): Promise<SealedTemplate[]> {
  return on.all(
    `SELECT subject_id AS "subjectId", subjects.key, sample_id AS "sampleId", vector
     FROM likeness.subjects JOIN likeness.samples ON subject_id = subjects.id JOIN likeness.templates ON sample_id = samples.id
     WHERE subjects.id = ANY($1) AND model_id = $2 AND weights_hash = $3 AND size = $4 AND protection = $5
     ORDER BY subject_id, samples.created_at, position`,
    [subjectIds, modelId, weightsHash, size, protection],
  );
}

/** What is sealed about the samples of these people; those of one person stand together. */
export function listDetailsOf(on: Transaction, subjectIds: readonly string[]): Promise<SealedDetails[]> {
  return on.all(
    `SELECT subject_id AS "subjectId", subjects.key, samples.id AS "sampleId", samples.details
     FROM likeness.subjects JOIN likeness.samples ON subject_id = subjects.id WHERE subjects.id = ANY($1)
     ORDER BY subject_id, samples.created_at, position`,
    [subjectIds],
  );
}

/** Samples that this model has not yet turned into a template, oldest first. */
export async function listSamplesWithoutTemplate(on: Transaction, { modelId, weightsHash, size, protection }: TemplateModel): Promise<string[]> {
  const found = await on.all<{ id: string }>(
    `SELECT id FROM likeness.samples WHERE NOT EXISTS
       (SELECT 1 FROM likeness.templates WHERE sample_id = samples.id AND model_id = $1 AND weights_hash = $2 AND size = $3 AND protection = $4)
     ORDER BY created_at, position`,
    [modelId, weightsHash, size, protection],
  );
  return found.map(({ id }) => id);
}

export async function countTemplatesOfModel(on: Transaction, modelId: string): Promise<number> {
  const [row] = await on.all<{ count: number }>('SELECT count(*) AS count FROM likeness.templates WHERE model_id = $1', [modelId]);
  return row!.count;
}

/** Rows left of a subject and of samples. */
export async function countRowsOf(on: Transaction, subjectId: string, sampleIds: readonly string[]): Promise<number> {
  const [row] = await on.all<{ count: number }>(
    `SELECT (SELECT count(*) FROM likeness.subjects WHERE id = $1) + (SELECT count(*) FROM likeness.samples WHERE subject_id = $1)
       + (SELECT count(*) FROM likeness.templates WHERE sample_id = ANY($2))
       + (SELECT count(*) FROM likeness.next_templates WHERE sample_id = ANY($2)) AS count`,
    [subjectId, sampleIds],
  );
  return row!.count;
}

export async function countSamples(on: Transaction): Promise<number> {
  const [row] = await on.all<{ count: number }>('SELECT count(*) AS count FROM likeness.samples');
  return row!.count;
}
