import type { KeyObject } from 'node:crypto';
import { createPrivateKey, createPublicKey, diffieHellman, generateKeyPairSync, hkdfSync, randomBytes } from 'node:crypto';
import { RequestError } from '../../contract/request-error.ts';
import { keyLength, seal, unseal } from '../protection/envelope.ts';
import type { DataKeyName, KeySlot, OperatorSlot } from '../protection/key-slots.ts';
import { base64, fromBase64, stretch, usualCost } from '../protection/key-slots.ts';
import type { StoreKeys } from '../protection/store-keys.ts';
import { deriveKeys } from '../protection/store-keys.ts';
import type { Operator } from './operator.ts';

/** A data key, and which one of which store it is. */
export interface NamedKey {
  dataKey: Uint8Array;
  name: DataKeyName;
}

/**
 * An operator's own way to the data key. The passphrase opens an X25519 key, and the data key is sealed to that one's public half: so a rotation,
 * which knows nobody's passphrase, can give everybody the new data key. The public half is sealed with the store's keys, so that only
 * somebody who could open the store anyway can put another in its place.
 */
export async function operatorSlot(operator: Operator, passphrase: string, target: NamedKey): Promise<OperatorSlot> {
  const pair = generateKeyPairSync('x25519');
  const { storeId } = target.name;
  const publicKey = pair.publicKey.export({ format: 'der', type: 'spki' });
  const fields = deriveKeys(target.dataKey, target.name).fields;
  return {
    kind: 'operator', ...operator,
    ...(await guarded(pair.privateKey, passphrase, ['operator secret', storeId, operator.id])),
    public: base64(seal(fields, publicKey, ['operator public', storeId, operator.id])),
    ...sealedTo(pair.publicKey, operator.id, target),
  };
}

/**
 * The data key behind an operator's slot.
 *
 * @param slot null where nobody has the name that was typed: refused after the same time, with the same words.
 * @throws RequestError('wrong-passphrase')
 */
export async function openOperatorSlot(slot: OperatorSlot | null, passphrase: string, name: DataKeyName): Promise<Uint8Array> {
  const privateKey = await releasePrivateKey(slot, passphrase, name);
  const own = slot!;
  return unseal(sharedKey(privateKey, readPublic(fromBase64(own.ephemeral)), own.id), fromBase64(own.wrapped), dataKeyContext(own.id, name));
}

/** The same slot under another passphrase. @throws RequestError('wrong-passphrase') */
export async function withPassphrase(slot: OperatorSlot, { current, next }: { current: string; next: string }, name: DataKeyName): Promise<OperatorSlot> {
  const privateKey = await releasePrivateKey(slot, current, name);
  return { ...slot, ...(await guarded(privateKey, next, ['operator secret', name.storeId, slot.id])) };
}

/** The slots of all operators for a new data key. @throws RequestError('storage') for one whose public key was not sealed by this store. */
export function resealOperatorSlots(slots: readonly KeySlot[], from: StoreKeys, target: NamedKey): OperatorSlot[] {
  const fields = deriveKeys(target.dataKey, target.name).fields;
  return operatorSlots(slots).map((slot) => {
    const context = ['operator public', from.storeId, slot.id] as const;
    const publicKey = unseal(from.fields, fromBase64(slot.public), context);
    return { ...slot, public: base64(seal(fields, publicKey, context)), ...sealedTo(readPublic(publicKey), slot.id, target) };
  });
}

export function operatorSlots(slots: readonly KeySlot[]): OperatorSlot[] {
  return slots.filter((slot) => slot.kind === 'operator');
}

async function guarded(privateKey: KeyObject, passphrase: string, context: readonly [string, ...string[]]): Promise<Pick<OperatorSlot, 'salt' | 'cost' | 'secret'>> {
  const salt = randomBytes(16);
  const key = await stretch(passphrase, salt, usualCost);
  return { salt: base64(salt), cost: usualCost, secret: base64(seal(key, privateKey.export({ format: 'der', type: 'pkcs8' }), context)) };
}

async function releasePrivateKey(slot: OperatorSlot | null, passphrase: string, { storeId }: DataKeyName): Promise<KeyObject> {
  const key = await stretch(passphrase, slot === null ? randomBytes(16) : fromBase64(slot.salt), slot?.cost ?? usualCost);
  if (slot === null) throw notTogether();
  try {
    return createPrivateKey({ key: Buffer.from(unseal(key, fromBase64(slot.secret), ['operator secret', storeId, slot.id])), format: 'der', type: 'pkcs8' });
  } catch {
    throw notTogether();
  }
}

function notTogether(): RequestError {
  return new RequestError('wrong-passphrase', 'This name and this passphrase do not belong together. Type both again; in the passphrase upper and lower case count.');
}

/** The data key for whoever has the private half: X25519 with a pair for this once, HKDF-SHA-256, AES-256-GCM. */
function sealedTo(publicKey: KeyObject, id: string, { dataKey, name }: NamedKey): Pick<OperatorSlot, 'ephemeral' | 'wrapped'> {
  const once = generateKeyPairSync('x25519');
  return {
    ephemeral: base64(once.publicKey.export({ format: 'der', type: 'spki' })),
    wrapped: base64(seal(sharedKey(once.privateKey, publicKey, id), dataKey, dataKeyContext(id, name))),
  };
}

function sharedKey(privateKey: KeyObject, publicKey: KeyObject, id: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', diffieHellman({ privateKey, publicKey }), id, 'likeness 1 operator', keyLength));
}

function dataKeyContext(id: string, { storeId, epoch }: DataKeyName): readonly [string, ...string[]] {
  return ['data key', storeId, String(epoch), 'operator', id];
}

function readPublic(der: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.from(der), format: 'der', type: 'spki' });
}
