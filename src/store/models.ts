import type { Recipe } from '../contract/recipe/recipe.ts';
import { readRecipe } from './read-recipe.ts';
import type { Database } from './statement.ts';
import { sql } from './statement.ts';

/** A model as it is kept; its weights are the file `<home>/models/<id>.safetensors`. */
export interface ModelRecord {
  id: string;
  name: string;
  source: 'trained-here' | 'shipped';
  runId: string | null;
  recipe: Recipe;
  embeddingSize: number;
  trainedOn: string;
  licence: string;
  epoch: number | null;
  validationEer: number | null;
  weightsHash: string;
  createdAt: number;
}

type ModelRow = Omit<ModelRecord, 'recipe'> & { recipe: string };

const columns = `id, name, source, run_id AS runId, recipe, embedding_size AS embeddingSize, trained_on AS trainedOn, licence,
  epoch, validation_eer AS validationEer, weights_hash AS weightsHash, created_at AS createdAt`;

export function insertModel(database: Database, model: ModelRecord): void {
  sql(
    database,
    `INSERT INTO models (id, name, source, run_id, recipe, embedding_size, trained_on, licence, epoch, validation_eer,
       weights_hash, created_at)
     VALUES (@id, @name, @source, @runId, @recipe, @embeddingSize, @trainedOn, @licence, @epoch, @validationEer,
       @weightsHash, @createdAt)`,
  ).run({ ...model, recipe: JSON.stringify(model.recipe) });
}

export function listModels(database: Database): ModelRecord[] {
  return sql<ModelRow>(database, `SELECT ${columns} FROM models ORDER BY created_at DESC, rowid DESC`).all().map(fromRow);
}

export function findModel(database: Database, id: string): ModelRecord | undefined {
  const row = sql<ModelRow>(database, `SELECT ${columns} FROM models WHERE id = @id`).get({ id });
  return row && fromRow(row);
}

export function findShippedModel(database: Database, weightsHash: string): ModelRecord | undefined {
  const row = sql<ModelRow>(
    database,
    `SELECT ${columns} FROM models WHERE source = 'shipped' AND weights_hash = @weightsHash`,
  ).get({ weightsHash });
  return row && fromRow(row);
}

export function renameModel(database: Database, id: string, name: string): void {
  sql(database, 'UPDATE models SET name = @name WHERE id = @id').run({ id, name });
}

export function removeModel(database: Database, id: string): void {
  sql(database, 'DELETE FROM models WHERE id = @id').run({ id });
}

export interface ModelTrainingSample {
  modelId: string;
  pixelHash: string;
  subject: string;
}

export function insertModelTrainingSample(database: Database, sample: ModelTrainingSample): void {
  sql(
    database,
    `INSERT OR IGNORE INTO model_training_samples (model_id, pixel_hash, subject) VALUES (@modelId, @pixelHash, @subject)`,
  ).run({ ...sample });
}

/** Subjects of a part of a dataset of whom the model saw a picture while it learned. */
export function listSubjectsSeenInTraining(
  database: Database,
  question: { modelId: string; datasetId: string; part: string },
): string[] {
  return sql<{ subject: string }>(
    database,
    `SELECT DISTINCT dataset_samples.subject FROM dataset_samples
     JOIN model_training_samples ON model_training_samples.pixel_hash = dataset_samples.pixel_hash
     WHERE model_id = @modelId AND dataset_id = @datasetId AND part = @part
     ORDER BY dataset_samples.subject`,
  )
    .all({ ...question })
    .map((row) => row.subject);
}

/** Hashes of the pixels of all pictures that the model saw while it learned. */
export function listPixelsSeenInTraining(database: Database, modelId: string): string[] {
  return sql<{ pixelHash: string }>(database, 'SELECT pixel_hash AS pixelHash FROM model_training_samples WHERE model_id = @modelId')
    .all({ modelId })
    .map(({ pixelHash }) => pixelHash);
}

function fromRow(row: ModelRow): ModelRecord {
  return { ...row, recipe: readRecipe(row.recipe) };
}
