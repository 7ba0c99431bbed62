import type { Projection } from '../contract/requests/explore.ts';
import { bytesOf, float32Of } from './blobs.ts';
import type { Database } from './statement.ts';
import { sql } from './statement.ts';

/** The templates an evaluation compared, row by row in the order of its samples. */
export interface EvaluationTemplates {
  /** Length of a row. */
  size: number;
  vectors: Float32Array;
}

export function insertEvaluationTemplates(database: Database, evaluationId: string, { size, vectors }: EvaluationTemplates): void {
  sql(
    database,
    'INSERT INTO evaluation_templates (evaluation_id, size, vectors) VALUES (@evaluationId, @size, @vectors)',
  ).run({ evaluationId, size, vectors: bytesOf(vectors) });
}

export function findEvaluationTemplates(database: Database, evaluationId: string): EvaluationTemplates | undefined {
  const row = sql<{ size: number; vectors: Uint8Array }>(
    database,
    'SELECT size, vectors FROM evaluation_templates WHERE evaluation_id = @evaluationId',
  ).get({ evaluationId });
  return row && { size: row.size, vectors: float32Of(row.vectors) };
}

/** Two numbers a sample: its place on the map. `explained`: shares of the variance along both axes, where there is such a thing. */
export interface EvaluationMap {
  points: Float32Array;
  explained: [number, number] | null;
}

export function insertEvaluationMap(database: Database, place: { evaluationId: string; projection: Projection }, map: EvaluationMap): void {
  sql(
    database,
    `INSERT OR REPLACE INTO evaluation_maps (evaluation_id, projection, explained, points)
     SELECT id, @projection, @explained, @points FROM evaluations WHERE id = @evaluationId`,
  ).run({ ...place, explained: map.explained && JSON.stringify(map.explained), points: bytesOf(map.points) });
}

export function findEvaluationMap(database: Database, place: { evaluationId: string; projection: Projection }): EvaluationMap | undefined {
  const row = sql<{ explained: string | null; points: Uint8Array }>(
    database,
    'SELECT explained, points FROM evaluation_maps WHERE evaluation_id = @evaluationId AND projection = @projection',
  ).get({ ...place });
  return row && { explained: row.explained === null ? null : (JSON.parse(row.explained) as [number, number]), points: float32Of(row.points) };
}
