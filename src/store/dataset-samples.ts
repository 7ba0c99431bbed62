import type { Part } from '../contract/vocabulary.ts';
import type { Database } from './statement.ts';
import { sql } from './statement.ts';

/** One picture of a dataset. `path` is relative to the dataset's folder; `position` is its place in reading order. */
export interface DatasetSample {
  id: string;
  datasetId: string;
  position: number;
  path: string;
  subject: string;
  part: Part;
  sha256: string;
  /** SHA-256 of the decoded grey pixels. */
  pixelHash: string;
  width: number;
  height: number;
  metadata: Record<string, string>;
}

type SampleRow = Omit<DatasetSample, 'metadata'> & { metadata: string };

const columns = `id, dataset_id AS datasetId, position, path, subject, part, sha256, pixel_hash AS pixelHash, width, height,
  metadata`;

export function insertDatasetSample(database: Database, sample: DatasetSample): void {
  sql(
    database,
    `INSERT INTO dataset_samples (id, dataset_id, position, path, subject, part, sha256, pixel_hash, width, height, metadata)
     VALUES (@id, @datasetId, @position, @path, @subject, @part, @sha256, @pixelHash, @width, @height, @metadata)`,
  ).run({ ...sample, metadata: JSON.stringify(sample.metadata) });
}

export function removeDatasetSamples(database: Database, datasetId: string): void {
  sql(database, 'DELETE FROM dataset_samples WHERE dataset_id = @datasetId').run({ datasetId });
}

/** All samples of a dataset (`part` null) or of one of its parts, in reading order. */
export function listDatasetSamples(database: Database, datasetId: string, part: Part | null = null): DatasetSample[] {
  return sql<SampleRow>(
    database,
    `SELECT ${columns} FROM dataset_samples
     WHERE dataset_id = @datasetId AND (@part IS NULL OR part = @part)
     ORDER BY position`,
  )
    .all({ datasetId, part })
    .map(fromRow);
}

export function findDatasetSample(database: Database, id: string): DatasetSample | undefined {
  const row = sql<SampleRow>(database, `SELECT ${columns} FROM dataset_samples WHERE id = @id`).get({ id });
  return row && fromRow(row);
}

export interface SubjectPage {
  datasetId: string;
  part: Part | null;
  offset: number;
  limit: number;
}

/** Names of a page of subjects, in reading order. */
export function listDatasetSubjects(database: Database, page: SubjectPage): { subject: string; part: Part }[] {
  return sql<{ subject: string; part: Part }>(
    database,
    `SELECT subject, part FROM dataset_samples
     WHERE dataset_id = @datasetId AND (@part IS NULL OR part = @part)
     GROUP BY subject ORDER BY min(position) LIMIT @limit OFFSET @offset`,
  ).all({ ...page });
}

export function listSubjectSamples(database: Database, datasetId: string, subject: string): DatasetSample[] {
  return sql<SampleRow>(
    database,
    `SELECT ${columns} FROM dataset_samples WHERE dataset_id = @datasetId AND subject = @subject ORDER BY position`,
  )
    .all({ datasetId, subject })
    .map(fromRow);
}

/** Subjects and images of each part that has any. */
export function countParts(database: Database, datasetId: string): { part: Part; subjects: number; images: number }[] {
  return sql<{ part: Part; subjects: number; images: number }>(
    database,
    `SELECT part, count(DISTINCT subject) AS subjects, count(*) AS images
     FROM dataset_samples WHERE dataset_id = @datasetId GROUP BY part`,
  ).all({ datasetId });
}

/** Subjects with their number of images, in reading order: of one part, or of all (`part` null). */
export function countSubjectsOfPart(
  database: Database,
  datasetId: string,
  part: Part | null,
): { subject: string; images: number }[] {
  return sql<{ subject: string; images: number }>(
    database,
    `SELECT subject, count(*) AS images FROM dataset_samples
     WHERE dataset_id = @datasetId AND (@part IS NULL OR part = @part)
     GROUP BY subject ORDER BY min(position)`,
  ).all({ datasetId, part });
}

export function setSubjectPart(database: Database, assignment: { datasetId: string; subject: string; part: Part }): void {
  sql(database, 'UPDATE dataset_samples SET part = @part WHERE dataset_id = @datasetId AND subject = @subject').run({
    ...assignment,
  });
}

function fromRow(row: SampleRow): DatasetSample {
  return { ...row, metadata: JSON.parse(row.metadata) as Record<string, string> };
}
