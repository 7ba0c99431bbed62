import { randomBytes } from 'node:crypto';
import type { Operator } from '../operators/operator.ts';
import { operatorSlot, operatorSlots, resealOperatorSlots } from '../operators/operator-slots.ts';
import type { Database } from '../statement.ts';
import { transaction } from '../statement.ts';
import { keyLength } from './envelope.ts';
import { destroyKeyFile, readKeyFile, writeKeyFile } from './key-file.ts';
import type { DataKeyName, KeySlot } from './key-slots.ts';
import { keyFileSlot, passphraseSlot, systemSlot } from './key-slots.ts';
import type { Keyring } from './keyring.ts';
import { requireEpoch, writeKeyring } from './keyring.ts';
import { resealEverything } from './reseal.ts';
import { askForScrub, scrubIfAsked } from './scrub.ts';
import { deriveKeys, forgetKeys } from './store-keys.ts';
import type { Vault } from './vault.ts';

/** How the store is to be opened with its new keys. */
export interface NewProtection {
  /** null: by the key file beside the data. */
  passphrase: string | null;
  /** By the key store of the operating system as well, where there is one. */
  usesSystem: boolean;
  /** Where that changes: who is to open it from now on with that passphrase, or that everybody who knows it is ('off'). Else operators stay. */
  operators?: { first: Operator } | 'off';
}

/**
 * Gives the store a new data key and every subject a new key, and seals everything anew: all in one transaction, so that a crash
 * leaves the old or the new. With a passphrase, or operators, the key file is destroyed.
 *
 * @throws RequestError('locked')
 */
export async function rekeyStore(database: Database, vault: Vault, wanted: NewProtection): Promise<void> {
  const keys = vault.keys();
  const fresh = await prepareKeys(vault, wanted);
  const next = deriveKeys(fresh.dataKey, fresh.keyring);
  transaction(database, () => {
    requireEpoch(database, keys.epoch);
    resealEverything(database, keys, next);
    writeKeyring(database, fresh.keyring);
    askForScrub(database);
  });
  forgetKeys(next);
  adoptKeys(database, vault, fresh);
}

/** Keys that nothing is sealed with yet. */
export interface FreshKeys {
  dataKey: Uint8Array;
  keyring: Keyring;
  /** What is to lie in the key file; null where passphrases take its place. */
  fileKey: Uint8Array | null;
}

/** The keys of the next epoch. They lie in the key file beside the present ones: whichever of the two keyrings survives a crash can be opened. */
export async function prepareKeys(vault: Vault, wanted: NewProtection): Promise<FreshKeys> {
  const { storeId, epoch } = vault.keys();
  const [dataKey, fileKey] = [new Uint8Array(randomBytes(keyLength)), new Uint8Array(randomBytes(keyLength))];
  const name = { storeId, epoch: epoch + 1 };
  const keepsOperators = wanted.operators === undefined && operatorSlots(vault.keyring().slots).length > 0;
  const slots = keepsOperators ? resealOperatorSlots(vault.keyring().slots, vault.keys(), { dataKey, name }) : await newSlots(vault, { wanted, dataKey, fileKey, name });
  const opensByFile = slots.some(({ kind }) => kind === 'key-file');
  if (opensByFile) writeKeyFile(vault.keyFile, [...readKeyFile(vault.keyFile), fileKey]);
  return { dataKey, keyring: { ...name, slots, changedAt: Date.now() }, fileKey: opensByFile ? fileKey : null };
}

/** Once the keyring is committed: the keys that it replaced go from memory, key file and old pages. */
export function adoptKeys(database: Database, vault: Vault, { dataKey, fileKey }: FreshKeys): void {
  vault.adopt(dataKey);
  if (fileKey === null) destroyKeyFile(vault.keyFile);
  else writeKeyFile(vault.keyFile, [fileKey]);
  scrubIfAsked(database);
}

interface SlotPlan {
  wanted: NewProtection;
  dataKey: Uint8Array;
  fileKey: Uint8Array;
  name: DataKeyName;
}

async function newSlots({ system }: Vault, { wanted, dataKey, fileKey, name }: SlotPlan): Promise<KeySlot[]> {
  if (wanted.operators !== undefined && wanted.operators !== 'off') return [await operatorSlot(wanted.operators.first, wanted.passphrase!, { dataKey, name })];
  if (wanted.passphrase === null) return [keyFileSlot(fileKey, dataKey, name)];
  const slots = [await passphraseSlot(wanted.passphrase, dataKey, name)];
  return wanted.usesSystem && system !== null ? [...slots, systemSlot(system, dataKey, name)] : slots;
}
