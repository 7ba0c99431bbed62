import { RequestError } from '../../contract/request-error.ts';
import type { Role } from '../../contract/requests/operators.ts';
import type { OperatorSlot } from '../protection/key-slots.ts';
import { readKeyring, requireEpoch, writeKeyring } from '../protection/keyring.ts';
import { newestKeyring } from '../protection/newer-keyring.ts';
import type { StoreKeys } from '../protection/store-keys.ts';
import type { Database } from '../statement.ts';
import { transaction } from '../statement.ts';
import { operatorSlots } from './operator-slots.ts';

/** Everybody who has a slot of their own in the keyring; nobody where the store asks for no names. */
export function listOperators(database: Database): OperatorSlot[] {
  return operatorSlots(newestKeyring(database).slots);
}

/** @throws RequestError('not-found') */
export function knownOperator(database: Database, id: string): OperatorSlot {
  const found = listOperators(database).find((slot) => slot.id === id);
  if (found === undefined) throw new RequestError('not-found', 'This operator is not here (any more). Look at the list again.');
  return found;
}

/** Names are compared as people do: "ANN " is Ann. */
export function findOperatorByName(database: Database, name: string): OperatorSlot | undefined {
  return listOperators(database).find((slot) => nameKey(slot.name) === nameKey(name));
}

export function nameKey(name: string): string {
  return name.normalize('NFKC').trim().toLowerCase();
}

/** @throws RequestError('conflict') for a name that somebody has. */
export function requireFreeName(database: Database, name: string): void {
  if (findOperatorByName(database, name) !== undefined) throw new RequestError('conflict', `There is an operator called ${name} already. Choose another name.`);
}

/** Adds an operator, or puts the slot in the place of their former one. */
export function keepOperator(database: Database, keys: StoreKeys, slot: OperatorSlot): void {
  changeSlots(database, keys, (slots) => {
    if (!slots.some(({ id }) => id === slot.id)) requireFreeName(database, slot.name);
    return [...slots.filter(({ id }) => id !== slot.id), slot];
  });
}

/** The slot goes with the name: the passphrase opens nothing any more. @throws RequestError('not-allowed') for the last administrator. */
export function removeOperator(database: Database, keys: StoreKeys, id: string): void {
  changeSlots(database, keys, (slots) => slots.filter((slot) => slot.id !== id));
}

/** @throws RequestError('not-allowed') for the last administrator. */
export function setRole(database: Database, keys: StoreKeys, { id, role }: { id: string; role: Role }): void {
  changeSlots(database, keys, (slots) => slots.map((slot) => (slot.id === id ? { ...slot, role } : slot)));
}

function changeSlots(database: Database, keys: StoreKeys, change: (slots: OperatorSlot[]) => OperatorSlot[]): void {
  transaction(database, () => {
    requireEpoch(database, keys.epoch);
    const ring = readKeyring(database)!;
    const slots = change(operatorSlots(ring.slots));
    if (!slots.some(({ role }) => role === 'administrator')) {
      throw new RequestError('not-allowed', 'This is the last administrator; without one nobody could make operators or change settings any more. Make another administrator first, or turn operators off.');
    }
    writeKeyring(database, { ...ring, slots: [...ring.slots.filter(({ kind }) => kind !== 'operator'), ...slots], changedAt: Date.now() });
  });
}
