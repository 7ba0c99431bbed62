import { createHmac, hkdfSync } from 'node:crypto';
import { keyLength } from './envelope.ts';

/** What follows from the data key; in memory only, and only while the store is unlocked. */
export interface StoreKeys {
  storeId: string;
  /** Counts the rotations: what was sealed under another epoch has other keys. */
  epoch: number;
  /** Wraps the key of each subject. */
  wrap: Uint8Array;
  /** Seals what belongs to no one subject: lines of jobs, signing keys. */
  fields: Uint8Array;
  /** Keyed hashes of names and pictures, so that equals are found and nothing else. */
  tags: Uint8Array;
}

/** The one key that opens what belongs to no one subject. */
export type FieldKey = Pick<StoreKeys, 'fields'>;

export function deriveKeys(dataKey: Uint8Array, { storeId, epoch }: { storeId: string; epoch: number }): StoreKeys {
  const derived = (purpose: string): Uint8Array => new Uint8Array(hkdfSync('sha256', dataKey, storeId, `likeness 1 ${purpose}`, keyLength));
  return { storeId, epoch, wrap: derived('wrap'), fields: derived('fields'), tags: derived('tags') };
}

/** Overwrites the keys in memory. */
export function forgetKeys(keys: StoreKeys): void {
  for (const key of [keys.wrap, keys.fields, keys.tags]) key.fill(0);
}

/** The same for equal texts of a kind, and without the key it tells nothing. 32 bytes. */
export function tagOf({ tags }: StoreKeys, kind: 'name' | 'picture', text: string): Uint8Array {
  return createHmac('sha256', tags).update(`${kind}\0`).update(text).digest();
}
