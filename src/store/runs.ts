import type { Recipe } from '../contract/recipe/recipe.ts';
import type { RunCard } from '../contract/requests/runs.ts';
import type { Part } from '../contract/vocabulary.ts';
import { readRecipe } from './read-recipe.ts';
import type { Database } from './statement.ts';
import { sql } from './statement.ts';

/** A run as it is kept, with what its epochs and its model say; `epoch` counts the finished ones. */
export type RunRecord = Omit<RunCard, 'canResume'>;

type RunRow = Omit<RunRecord, 'recipe'> & { recipe: string };

const selectRuns = `
  SELECT runs.id, runs.name, dataset_id AS datasetId, dataset_name AS datasetName, runs.recipe, state, error,
    (SELECT count(*) FROM run_epochs WHERE run_id = runs.id) AS epoch,
    coalesce(kept.epoch, models.epoch) AS keptEpoch, coalesce(kept.validation_eer, models.validation_eer) AS bestValidationEer, models.id AS modelId,
    job_id AS jobId, device, parameters, runs.created_at AS createdAt, ended_at AS endedAt
  FROM runs
    LEFT JOIN run_epochs AS kept ON kept.run_id = runs.id AND kept.kept = 1
    LEFT JOIN models ON models.id = (SELECT id FROM models WHERE run_id = runs.id ORDER BY created_at DESC LIMIT 1)`;

export interface NewRun {
  id: string;
  name: string;
  datasetId: string;
  datasetName: string;
  recipe: Recipe;
  createdAt: number;
}

export function insertRun(database: Database, run: NewRun): void {
  sql(
    database,
    `INSERT INTO runs (id, name, dataset_id, dataset_name, recipe, state, created_at)
     VALUES (@id, @name, @datasetId, @datasetName, @recipe, 'running', @createdAt)`,
  ).run({ ...run, recipe: JSON.stringify(run.recipe) });
}

export function listRuns(database: Database): RunRecord[] {
  return sql<RunRow>(database, `${selectRuns} ORDER BY runs.created_at DESC, runs.rowid DESC`).all().map(fromRow);
}

export function findRun(database: Database, id: string): RunRecord | undefined {
  const row = sql<RunRow>(database, `${selectRuns} WHERE runs.id = @id`).get({ id });
  return row && fromRow(row);
}

export interface RunEnd {
  id: string;
  state: RunRecord['state'];
  error: string | null;
  endedAt: number;
}

export function endRun(database: Database, end: RunEnd): void {
  sql(database, 'UPDATE runs SET state = @state, error = @error, ended_at = @endedAt WHERE id = @id').run({ ...end });
}

/** The run works again (or for the first time) under this job. */
export function setRunRunning(database: Database, id: string, jobId: string): void {
  sql(
    database,
    `UPDATE runs SET state = 'running', error = NULL, ended_at = NULL, job_id = @jobId WHERE id = @id`,
  ).run({ id, jobId });
}

export function setRunDevice(database: Database, run: { id: string; device: string; parameters: number }): void {
  sql(database, 'UPDATE runs SET device = @device, parameters = @parameters WHERE id = @id').run({ ...run });
}

export function removeRun(database: Database, id: string): void {
  sql(database, 'DELETE FROM runs WHERE id = @id').run({ id });
}

/** A picture the run learns from, or is validated on; `path` is absolute. */
export interface RunSample {
  runId: string;
  position: number;
  path: string;
  subject: string;
  part: Exclude<Part, 'test'>;
  pixelHash: string;
  metadata: Record<string, string>;
  /** Which of the run's datasets it is from, counted from 0. */
  dataset: number;
}

export function insertRunSample(database: Database, sample: RunSample): void {
  sql(
    database,
    `INSERT INTO run_samples (run_id, position, path, subject, part, pixel_hash, metadata, dataset)
     VALUES (@runId, @position, @path, @subject, @part, @pixelHash, @metadata, @dataset)`,
  ).run({ ...sample, metadata: JSON.stringify(sample.metadata) });
}

export function listRunSamples(database: Database, runId: string): RunSample[] {
  return sql<Omit<RunSample, 'metadata'> & { metadata: string }>(
    database,
    `SELECT run_id AS runId, position, path, subject, part, pixel_hash AS pixelHash, metadata, dataset
     FROM run_samples WHERE run_id = @runId ORDER BY position`,
  )
    .all({ runId })
    .map((row) => ({ ...row, metadata: JSON.parse(row.metadata) as Record<string, string> }));
}

/** Where a picture of a run lies. */
export function findRunSamplePath(database: Database, { runId, position }: { runId: string; position: number }): string | undefined {
  return sql<{ path: string }>(database, 'SELECT path FROM run_samples WHERE run_id = @runId AND position = @position').get({ runId, position })?.path;
}

function fromRow(row: RunRow): RunRecord {
  return { ...row, recipe: readRecipe(row.recipe) };
}
