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
  await on.run(
    `INSERT INTO likeness.models (id, weights_hash, embedding_size, record, weights) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (id) DO UPDATE SET record = excluded.record, weights = excluded.weights WHERE models.weights IS NULL`,
    // Runs stay on the station that trained.
    [record.id, record.weightsHash, record.embeddingSize, JSON.stringify({ ...record, runId: null }), weights],
  );
}

/** Makes a model known by its name alone, so that templates can refer to it. */
export async function publishModel(on: Transaction, { id, weightsHash, embeddingSize }: Pick<ModelRecord, 'id' | 'weightsHash' | 'embeddingSize'>): Promise<void> {
  await on.run(
    'INSERT INTO likeness.models (id, weights_hash, embedding_size) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING',
    [id, weightsHash, embeddingSize],
  );
}
