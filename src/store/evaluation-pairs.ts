import { bytesOf, float64Of, uint32Of } from './blobs.ts';
import type { Database } from './statement.ts';
import { sql } from './statement.ts';

/** Some of the comparisons of an evaluation that has too many to keep: mated ones, non-mated ones drawn evenly, the highest of the others. */
export interface KeptPairs {
  /** Places among the samples. */
  first: Uint32Array;
  second: Uint32Array;
  scores: Float64Array;
  /** How many are mated, and how many non-mated ones were drawn evenly. */
  mated: number;
  drawn: number;
}

export function insertKeptPairs(database: Database, evaluationId: string, { first, second, scores, mated, drawn }: KeptPairs): void {
  sql(
    database,
    `INSERT INTO evaluation_pairs (evaluation_id, mated, drawn, first, second, scores)
     VALUES (@evaluationId, @mated, @drawn, @first, @second, @scores)`,
  ).run({ evaluationId, mated, drawn, first: bytesOf(first), second: bytesOf(second), scores: bytesOf(scores) });
}

export function findKeptPairs(database: Database, evaluationId: string): KeptPairs | undefined {
  const row = sql<{ mated: number; drawn: number; first: Uint8Array; second: Uint8Array; scores: Uint8Array }>(
    database,
    'SELECT mated, drawn, first, second, scores FROM evaluation_pairs WHERE evaluation_id = @evaluationId',
  ).get({ evaluationId });
  return row && { mated: row.mated, drawn: row.drawn, first: uint32Of(row.first), second: uint32Of(row.second), scores: float64Of(row.scores) };
}
