import { randomBytes } from 'node:crypto';
import { resealSigningKeys } from '../audit/signing-keys.ts';
import type { Database } from '../statement.ts';
import { transaction } from '../statement.ts';
import { keyLength } from './envelope.ts';
import { destroyKeyFile, readKeyFile, writeKeyFile } from './key-file.ts';
import type { DataKeyName, KeySlot } from './key-slots.ts';
import { keyFileSlot, passphraseSlot, systemSlot } from './key-slots.ts';
import { readKeyring, requireEpoch, writeKeyring } from './keyring.ts';
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
}

/**
 * Gives the store a new data key and every subject a new key, and seals everything anew: all in one transaction, so that a crash
 * leaves the old or the new. With a passphrase the key file is destroyed.
 *
 * @throws RequestError('locked')
 */
export async function rekeyStore(database: Database, vault: Vault, wanted: NewProtection): Promise<void> {
  const keys = vault.keys();
  const dataKey = new Uint8Array(randomBytes(keyLength));
  const name = { storeId: keys.storeId, epoch: keys.epoch + 1 };
  const fileKey = new Uint8Array(randomBytes(keyLength));
  const slots = await newSlots(vault, { wanted, dataKey, fileKey, name });
  // Both keys lie in the file until the keyring is committed: whichever of the two keyrings survives a crash can be opened.
  if (wanted.passphrase === null) writeKeyFile(vault.keyFile, [...readKeyFile(vault.keyFile), fileKey]);
  const next = deriveKeys(dataKey, name);
  transaction(database, () => {
    requireEpoch(database, keys.epoch);
    resealEverything(database, keys, next);
    resealSigningKeys(database, keys, next);
    writeKeyring(database, { ...readKeyring(database)!, ...name, slots, changedAt: Date.now() });
    askForScrub(database);
  });
  forgetKeys(next);
  vault.adopt(dataKey);
  if (wanted.passphrase === null) writeKeyFile(vault.keyFile, [fileKey]);
  else destroyKeyFile(vault.keyFile);
  scrubIfAsked(database);
}

interface SlotPlan {
  wanted: NewProtection;
  dataKey: Uint8Array;
  fileKey: Uint8Array;
  name: DataKeyName;
}

async function newSlots({ system }: Vault, { wanted, dataKey, fileKey, name }: SlotPlan): Promise<KeySlot[]> {
  if (wanted.passphrase === null) return [keyFileSlot(fileKey, dataKey, name)];
  const slots = [await passphraseSlot(wanted.passphrase, dataKey, name)];
  return wanted.usesSystem && system !== null ? [...slots, systemSlot(system, dataKey, name)] : slots;
}
