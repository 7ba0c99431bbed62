import type { Projection } from '../contract/requests/explore.ts';
import { bytesOf, float32Of } from './blobs.ts';
import { seal, unseal } from './protection/envelope.ts';
import type { FieldKey } from './protection/store-keys.ts';
import type { Database } from './statement.ts';
import { sql } from './statement.ts';

/** The templates an evaluation compared, row by row in the order of its samples. */
export interface EvaluationTemplates {
  /** Length of a row. */
  size: number;
  vectors: Float32Array;
}

/** Sealed with a key of the store: they are biometric templates, though of a dataset's people. */
export function insertEvaluationTemplates(database: Database, keys: FieldKey, { evaluationId, size, vectors }: EvaluationTemplates & { evaluationId: string }): void {
  sql(
    database,
    'INSERT INTO evaluation_templates (evaluation_id, size, vectors, sealed) VALUES (@evaluationId, @size, @vectors, 1)',
  ).run({ evaluationId, size, vectors: seal(keys.fields, bytesOf(vectors), contextOf(evaluationId, size)) });
}

export function findEvaluationTemplates(database: Database, keys: FieldKey, evaluationId: string): EvaluationTemplates | undefined {
  const row = sql<{ size: number; vectors: Uint8Array }>(
    database,
    'SELECT size, vectors FROM evaluation_templates WHERE evaluation_id = @evaluationId AND sealed = 1',
  ).get({ evaluationId });
  return row && { size: row.size, vectors: float32Of(unseal(keys.fields, row.vectors, contextOf(evaluationId, row.size))) };
}

/** Within a transaction: those of earlier versions are sealed (`from` null), or all of them anew. Returns how many. */
export function resealEvaluationTemplates(database: Database, from: FieldKey | null, to: FieldKey): number {
  const rows = sql<{ id: string; size: number }>(database, 'SELECT evaluation_id AS id, size FROM evaluation_templates WHERE sealed = @sealed').all({ sealed: from === null ? 0 : 1 });
  for (const { id, size } of rows) {
    const { vectors } = sql<{ vectors: Uint8Array }>(database, 'SELECT vectors FROM evaluation_templates WHERE evaluation_id = @id').get({ id })!;
    const plain = from === null ? vectors : unseal(from.fields, vectors, contextOf(id, size));
    sql(database, 'UPDATE evaluation_templates SET vectors = @vectors, sealed = 1 WHERE evaluation_id = @id').run({ id, vectors: seal(to.fields, plain, contextOf(id, size)) });
  }
  return rows.length;
}

function contextOf(evaluationId: string, size: number): [string, ...string[]] {
  return ['templates of an evaluation', evaluationId, String(size)];
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
