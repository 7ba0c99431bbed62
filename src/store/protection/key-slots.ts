import type { ScryptOptions } from 'node:crypto';
import { randomBytes, scrypt } from 'node:crypto';
import { RequestError } from '../../contract/request-error.ts';
import type { Operator } from '../operators/operator.ts';
import type { Context } from './envelope.ts';
import { keyLength, seal, unseal } from './envelope.ts';

/** One way to the data key: the key file beside the data, a passphrase, the key store of the operating system, or an operator's own passphrase. */
export type KeySlot =
  | { kind: 'key-file'; wrapped: string }
  | { kind: 'passphrase'; salt: string; cost: ScryptCost; wrapped: string }
  | { kind: 'system'; guarded: string; wrapped: string }
  | OperatorSlot;

/** See `operators/operator-slots`. */
export interface OperatorSlot extends Operator {
  kind: 'operator';
  salt: string;
  cost: ScryptCost;
  /** The operator's private key, sealed by the passphrase; the public one, sealed by the store. */
  secret: string;
  public: string;
  /** The public key of the pair that sealed the data key to the operator's, and what it sealed. */
  ephemeral: string;
  wrapped: string;
}

export interface ScryptCost {
  N: number;
  r: number;
  p: number;
}

/** 128 MB and some tenths of a second for every guess (RFC 7914; OWASP's first choice). */
export const usualCost: ScryptCost = { N: 2 ** 17, r: 8, p: 1 };

/** Which data key of which store a slot leads to. */
export interface DataKeyName {
  storeId: string;
  epoch: number;
}

/** Electron's safeStorage, as far as it is needed here: bytes that only this account of this machine gets back. */
export interface SystemKeyStore {
  guard(secret: Uint8Array): Uint8Array;
  release(guarded: Uint8Array): Uint8Array;
}

export function keyFileSlot(fileKey: Uint8Array, dataKey: Uint8Array, name: DataKeyName): KeySlot {
  return { kind: 'key-file', wrapped: base64(seal(fileKey, dataKey, contextOf('key-file', name))) };
}

export async function passphraseSlot(passphrase: string, dataKey: Uint8Array, name: DataKeyName): Promise<KeySlot> {
  const salt = randomBytes(16);
  const key = await stretch(passphrase, salt, usualCost);
  return { kind: 'passphrase', salt: base64(salt), cost: usualCost, wrapped: base64(seal(key, dataKey, contextOf('passphrase', name))) };
}

export function systemSlot(system: SystemKeyStore, dataKey: Uint8Array, name: DataKeyName): KeySlot {
  const key = randomBytes(keyLength);
  return { kind: 'system', guarded: base64(system.guard(key)), wrapped: base64(seal(key, dataKey, contextOf('system', name))) };
}

/** The data key behind a slot, with the key of the slot. @throws RequestError when it is not the right one. */
export function openSlot(slot: KeySlot, key: Uint8Array, name: DataKeyName): Uint8Array {
  return unseal(key, fromBase64(slot.wrapped), contextOf(slot.kind, name));
}

/** @throws RequestError('wrong-passphrase') */
export async function openPassphraseSlot(slot: Extract<KeySlot, { kind: 'passphrase' }>, passphrase: string, name: DataKeyName): Promise<Uint8Array> {
  const key = await stretch(passphrase, fromBase64(slot.salt), slot.cost);
  try {
    return openSlot(slot, key, name);
  } catch {
    throw new RequestError('wrong-passphrase', 'This is not the passphrase of this store. Type it again; upper and lower case count.');
  }
}

export function openSystemSlot(slot: Extract<KeySlot, { kind: 'system' }>, system: SystemKeyStore, name: DataKeyName): Uint8Array {
  try {
    return openSlot(slot, system.release(fromBase64(slot.guarded)), name);
  } catch {
    throw new RequestError('locked', 'The key store of this computer does not give the key (any more). Unlock with the passphrase.');
  }
}

/** A passphrase typed with another keyboard's composed letters is the same passphrase. */
export function stretch(passphrase: string, salt: Uint8Array, cost: ScryptCost): Promise<Uint8Array> {
  const options: ScryptOptions = { ...cost, maxmem: 256 * cost.N * cost.r };
  return new Promise((settle, reject) => {
    scrypt(passphrase.normalize('NFKC'), salt, keyLength, options, (error, key) => {
      if (error === null) settle(key);
      else reject(error);
    });
  });
}

function contextOf(kind: KeySlot['kind'], { storeId, epoch }: DataKeyName): Context {
  return ['data key', storeId, String(epoch), kind];
}

export const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
export const fromBase64 = (text: string): Uint8Array => Buffer.from(text, 'base64');
