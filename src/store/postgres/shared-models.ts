import type { ModelRecord } from '../models.ts';
import type { Transaction } from './server.ts';

/** A model as the stations share it: templates are bound to its identifier, so a station that joins takes the model over as it is. */
export interface SharedModel {
  record: ModelRecord;
  /** The bytes of its safetensors file. */
  weights: Uint8Array;
}

/** Which models the server has whole. */
export async function listSharedModelIds(on: Transaction): Promise<string[]> {
  return (await on.all<{ id: string }>('SELECT id FROM likeness.models WHERE weights IS NOT NULL ORDER BY id')).map(({ id }) => id);
}

export async function readSharedModel(on: Transaction, id: string): Promise<SharedModel | undefined> {
  const [row] = await on.all<{ record: string; weights: Uint8Array }>('SELECT record, weights FROM likeness.models WHERE id = $1 AND weights IS NOT NULL', [id]);
  return row && { record: JSON.parse(row.record) as ModelRecord, weights: row.weights };
}

export async function shareModel(on: Transaction, { record, weights }: SharedModel): Promise<void> {
  await publishModel(on, record);
  // Runs stay on the station that trained.
  await on.run('UPDATE likeness.models SET record = $2, weights = $3 WHERE id = $1 AND weights IS NULL', [record.id, JSON.stringify({ ...record, runId: null }), weights]);
}

/** Makes a model known by its name alone, so that templates can refer to it. */
export async function publishModel(on: Transaction, { id, weightsHash, embeddingSize }: Pick<ModelRecord, 'id' | 'weightsHash' | 'embeddingSize'>): Promise<void> {
  // Without naming the key: stations that come at the same moment may meet at the table's other unique index first.
  await on.run('INSERT INTO likeness.models (id, weights_hash, embedding_size) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [id, weightsHash, embeddingSize]);
}
