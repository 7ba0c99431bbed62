import { RequestError } from '../../contract/request-error.ts';
import { readSetting, removeSetting, writeSetting } from '../settings.ts';
import type { Database } from '../statement.ts';
import { transaction } from '../statement.ts';
import type { Context } from './envelope.ts';
import { seal, unseal } from './envelope.ts';
import { base64, fromBase64 } from './key-slots.ts';
import type { Keyring } from './keyring.ts';
import { readKeyring, writeKeyring } from './keyring.ts';
import { resealOwnRows } from './reseal.ts';
import { askForScrub } from './scrub.ts';
import type { StoreKeys } from './store-keys.ts';
import { deriveKeys, forgetKeys } from './store-keys.ts';

/**
 * Lets whoever has the newer keys open what a station sealed for itself under the former ones: lines of jobs, signing keys. The key that wraps
 * the keys of people is not in it, so what a rotation made unreadable stays so.
 */
export interface Handover {
  /** Whose field key it is. */
  epoch: number;
  /** Base64, sealed with the field key of the epoch after it. */
  sealed: string;
}

/** Keys that another station has given the gallery; noted here until this station is unlocked with them. */
export interface NewerKeyring {
  keyring: Keyring;
  /** From the epoch of this station on. */
  handovers: Handover[];
}

const settingKey = 'newer-keyring';

export function readNewerKeyring(database: Database): NewerKeyring | undefined {
  return readSetting(database, settingKey) as NewerKeyring | undefined;
}

export function noteNewerKeyring(database: Database, newer: NewerKeyring): void {
  writeSetting(database, settingKey, newer);
}

export function forgetNewerKeyring(database: Database): void {
  removeSetting(database, settingKey);
}

/** The keyring by which the store is opened: the gallery's newest. */
export function newestKeyring(database: Database): Keyring {
  return readNewerKeyring(database)?.keyring ?? readKeyring(database)!;
}

export function handOver(from: StoreKeys, to: StoreKeys): Handover {
  return { epoch: from.epoch, sealed: base64(seal(to.fields, from.fields, contextOf(from))) };
}

/** With the newer data key: what this station keeps is sealed anew and its keyring replaced, in one transaction. Nothing where there is no newer one. */
export function takeOverNewerKeyring(database: Database, dataKey: Uint8Array): void {
  transaction(database, () => {
    const newer = readNewerKeyring(database);
    if (newer === undefined) return;
    const own = readKeyring(database)!;
    forgetNewerKeyring(database);
    // Another window of this station was quicker.
    if (own.epoch >= newer.keyring.epoch) return;
    const keys = deriveKeys(dataKey, newer.keyring);
    resealOwnRows(database, { fields: formerFields(newer, keys, own.epoch) }, keys);
    writeKeyring(database, newer.keyring);
    askForScrub(database);
    forgetKeys(keys);
  });
}

/** From each epoch to the one before it, down to this station's. */
function formerFields({ handovers }: NewerKeyring, keys: StoreKeys, epoch: number): Uint8Array {
  let { fields } = keys;
  for (let former = keys.epoch - 1; former >= epoch; former--) {
    const handover = handovers.find((one) => one.epoch === former);
    if (handover === undefined) throw new RequestError('conflict', 'The keys of the gallery were changed in a way that this station cannot follow. Join with a new data folder (--home DIR).');
    fields = unseal(fields, fromBase64(handover.sealed), contextOf({ ...keys, epoch: former }));
  }
  return fields;
}

function contextOf({ storeId, epoch }: Pick<StoreKeys, 'storeId' | 'epoch'>): Context {
  return ['field key of a former epoch', storeId, String(epoch)];
}
