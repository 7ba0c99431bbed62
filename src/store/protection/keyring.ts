import { RequestError } from '../../contract/request-error.ts';
import type { Database } from '../statement.ts';
import { sql } from '../statement.ts';
import type { DataKeyName, KeySlot } from './key-slots.ts';

/** The ways to the data key; one row in the database, so that new keys and what they seal are committed together. */
export interface Keyring extends DataKeyName {
  slots: KeySlot[];
  changedAt: number;
}

export function readKeyring(database: Database): Keyring | undefined {
  const row = sql<Omit<Keyring, 'slots'> & { slots: string }>(
    database,
    'SELECT store_id AS storeId, epoch, slots, changed_at AS changedAt FROM keyring WHERE id = 1',
  ).get();
  return row && { ...row, slots: JSON.parse(row.slots) as KeySlot[] };
}

export function writeKeyring(database: Database, keyring: Keyring): void {
  sql(
    database,
    `INSERT INTO keyring (id, store_id, epoch, slots, changed_at) VALUES (1, @storeId, @epoch, @slots, @changedAt)
     ON CONFLICT (id) DO UPDATE SET epoch = excluded.epoch, slots = excluded.slots, changed_at = excluded.changed_at`,
  ).run({ ...keyring, slots: JSON.stringify(keyring.slots) });
}

export function readEpoch(database: Database): number {
  return sql<{ epoch: number }>(database, 'SELECT epoch FROM keyring WHERE id = 1').get()?.epoch ?? 0;
}

/** To be called within the transaction that writes: nothing is ever sealed with keys that another window has replaced. */
export function requireEpoch(database: Database, epoch: number): void {
  if (readEpoch(database) !== epoch) throw keysChanged();
}

export function keysChanged(): RequestError {
  return new RequestError('locked', 'The keys of this store were changed by another window or station. Nothing was written; open the store again, with the passphrase that it has now.');
}
