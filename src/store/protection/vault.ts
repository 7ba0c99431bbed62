import { randomBytes, randomUUID } from 'node:crypto';
import { RequestError } from '../../contract/request-error.ts';
import type { Database } from '../statement.ts';
import { transaction } from '../statement.ts';
import { keyLength } from './envelope.ts';
import { destroyKeyFile, readKeyFile, writeKeyFile } from './key-file.ts';
import type { KeySlot, SystemKeyStore } from './key-slots.ts';
import { keyFileSlot, openPassphraseSlot, openSlot, openSystemSlot } from './key-slots.ts';
import type { Keyring } from './keyring.ts';
import { keysChanged, readKeyring, writeKeyring } from './keyring.ts';
import { newestKeyring, readNewerKeyring, takeOverNewerKeyring } from './newer-keyring.ts';
import type { StoreKeys } from './store-keys.ts';
import { deriveKeys, forgetKeys } from './store-keys.ts';
import { keptAttempts, passOfAttempts } from './unlock-attempts.ts';

/** The keys of a store: in memory while it is unlocked, and nowhere in the clear while it is locked. */
export interface Vault {
  readonly keyFile: string;
  readonly system: SystemKeyStore | null;
  isLocked(): boolean;
  /** How the store can be unlocked; 'key-file': by anybody who can read the data folder. */
  slots(): KeySlot['kind'][];
  /** What opens it now. */
  keyring(): Keyring;
  /** @throws RequestError('locked') */
  keys(): StoreKeys;
  /** The keys, or null while the store is locked. */
  keysIfUnlocked(): StoreKeys | null;
  /** @throws RequestError('wrong-passphrase'), or 'locked' while guesses have to wait. Resolves with the failures before. */
  unlock(passphrase: string): Promise<number>;
  /** With the key store of the operating system. */
  unlockBySystem(): void;
  /** Takes over keys that were written to the keyring just now. */
  adopt(dataKey: Uint8Array): void;
  lock(): void;
  /** When another window or station changed the keys, where the store has not been opened with them here since; else null. */
  keysChangedAt(): number | null;
}

export interface VaultOptions {
  database: Database;
  keyFile: string;
  system?: SystemKeyStore | null;
}

/** Opens the keyring, making it with a key file where the store is new; unlocked where the key lies beside the data. */
export function openVault({ database, keyFile, system = null }: VaultOptions): Vault {
  if (readKeyring(database) === undefined) transaction(database, () => { makeKeyring(database, keyFile); });
  let keys: StoreKeys | null = null;
  /** What opened the store here is worth nothing any more. */
  let wasReplaced = false;
  /** Another station has changed the keys, and the key file here does not open them yet. */
  let awaitsKeyFile = false;

  function adopt(dataKey: Uint8Array): void {
    takeOverNewerKeyring(database, dataKey);
    const ring = readKeyring(database)!;
    if (keys !== null) forgetKeys(keys);
    keys = deriveKeys(dataKey, ring);
    wasReplaced = false;
    dataKey.fill(0);
  }
  function lock(): void {
    if (keys !== null) forgetKeys(keys);
    keys = null;
  }
  function openByFile(): void {
    const ring = newestKeyring(database);
    const slot = ring.slots.find(({ kind }) => kind === 'key-file');
    if (slot !== undefined) return adopt(openByAnyKey(slot, ring, { keyFile, isNewer: readNewerKeyring(database) !== undefined }));
    // A passphrase was set and the process ended before it could destroy the file; until the new keys are here it is not touched.
    if (readNewerKeyring(database) === undefined) destroyKeyFile(keyFile);
  }

  /** Keys that another window or station has replaced are worth nothing any more. @throws RequestError where only the key file is missing. */
  function dropIfReplaced(): void {
    const newest = newestKeyring(database);
    if (keys !== null && keys.epoch !== newest.epoch) {
      lock();
      wasReplaced = true;
      awaitsKeyFile = newest.slots.some(({ kind }) => kind === 'key-file');
    }
    if (!awaitsKeyFile) return;
    openByFile();
    awaitsKeyFile = false;
  }

  function keysChangedAt(): number | null {
    return wasReplaced || readNewerKeyring(database) !== undefined ? newestKeyring(database).changedAt : null;
  }

  if (hasKeyFileTo(database, keyFile)) openByFile();
  return {
    keyFile, system, adopt, lock, keysChangedAt,
    keysIfUnlocked: () => (isRefused(dropIfReplaced) ? null : keys),
    isLocked: () => keys === null,
    slots: () => newestKeyring(database).slots.map(({ kind }) => kind),
    keyring: () => newestKeyring(database),
    keys: () => {
      dropIfReplaced();
      if (keys === null) throw keysChangedAt() === null ? lockedError() : keysChanged();
      return keys;
    },
    unlock: (passphrase) => passOfAttempts(keptAttempts(database, failuresKey), async () => {
      dropIfReplaced();
      adopt(await openByPassphrase(database, passphrase).catch((error: unknown) => { throw keysChangedAt() === null ? error : sayNewer(error); }));
      destroyKeyFile(keyFile);
    }),
    unlockBySystem: () => { adopt(openBySystem(database, system)); },
  };
}

async function openByPassphrase(database: Database, passphrase: string): Promise<Uint8Array> {
  const ring = newestKeyring(database);
  const slot = ring.slots.find((one) => one.kind === 'passphrase');
  if (ring.slots.some(({ kind }) => kind === 'operator')) throw new RequestError('not-signed-in', 'This store is opened by its operators. Sign in with your name and passphrase: in the window, or in the terminal with LIKENESS_OPERATOR and LIKENESS_PASSPHRASE.');
  if (slot === undefined) throw new RequestError('conflict', 'This store has no passphrase: its key lies beside the data. Set one with "likeness protect init".');
  const dataKey = await openPassphraseSlot(slot, passphrase, ring);
  if (newestKeyring(database).epoch !== ring.epoch) throw keysChanged();
  return dataKey;
}

function openBySystem(database: Database, system: SystemKeyStore | null): Uint8Array {
  const ring = newestKeyring(database);
  const slot = ring.slots.find((one) => one.kind === 'system');
  if (slot === undefined || system === null) throw new RequestError('locked', 'This store was not given to the key store of this computer. Unlock with the passphrase.');
  return openSystemSlot(slot, system, ring);
}

/** The former passphrase may be right in itself, and opens nothing any more. */
function sayNewer(error: unknown): unknown {
  if (!(error instanceof RequestError) || error.code !== 'wrong-passphrase') return error;
  return new RequestError('wrong-passphrase', 'This is not the passphrase that the store has now: its keys were changed by another window or station. Ask there for the passphrase, and type it as it is; upper and lower case count.');
}

/** Whoever needs the keys is told what to do; whoever asks whether there are any is answered. */
function isRefused(work: () => void): boolean {
  try {
    work();
    return false;
  } catch (error) {
    if (error instanceof RequestError) return true;
    throw error;
  }
}

export function lockedError(): RequestError {
  return new RequestError('locked', 'The store is locked. Unlock it with the passphrase: in the window, or in the terminal with LIKENESS_PASSPHRASE.');
}

/** A new store: a data key of its own, wrapped by a new key in the key file. Called under the write lock, so only one process does it. */
function makeKeyring(database: Database, keyFile: string): void {
  if (readKeyring(database) !== undefined) return;
  const [dataKey, fileKey] = [randomBytes(keyLength), randomBytes(keyLength)];
  const name = { storeId: randomUUID(), epoch: 1 };
  writeKeyFile(keyFile, [fileKey]);
  writeKeyring(database, { ...name, slots: [keyFileSlot(fileKey, dataKey, name)], changedAt: Date.now() });
}

function hasKeyFileTo(database: Database, keyFile: string): boolean {
  return newestKeyring(database).slots.some(({ kind }) => kind === 'key-file') || readKeyFile(keyFile).length > 0;
}

function openByAnyKey(slot: KeySlot, ring: Keyring, { keyFile, isNewer }: { keyFile: string; isNewer: boolean }): Uint8Array {
  for (const fileKey of readKeyFile(keyFile)) {
    try {
      return openSlot(slot, fileKey, ring);
    } catch {
      // The file may hold the key of an interrupted rotation beside the right one.
    }
  }
  if (isNewer) throw new RequestError('locked', `The keys of the gallery were changed at another station. Copy its file store.key over ${keyFile}, then try again.`);
  throw new RequestError('storage', 'The file store.key is missing in the data folder, or belongs to another store, so nothing in it can be read. Put it back from a backup, or restore one (likeness restore FILE).');
}

const failuresKey = 'unlock-failures';
