import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newIdentity } from './test-support/an-operator.ts';
import { readKeyring } from '../protection/keyring.ts';
import { rekeyStore } from '../protection/rekey.ts';
import type { Store } from '../store.ts';
import { openStore } from '../store.ts';
import { temporaryHome } from '../test-support/temporary-home.ts';
import { anEnrolment, randomBytes } from '../test-support/sample-rows.ts';
import { insertModel } from '../models.ts';
import { aModel } from '../test-support/sample-rows.ts';
import { openOperatorSlot, operatorSlot, withPassphrase } from './operator-slots.ts';
import { findOperatorByName, keepOperator, knownOperator, listOperators, removeOperator, setRole } from './operators.ts';

const passphrases = { ann: 'ann likes long walks', bob: 'bob likes short ones' };
const ann = newIdentity('Ann', 'administrator');
const bob = newIdentity('Bob', 'researcher');

const open = (store: Store, name: string, passphrase: string): Promise<Uint8Array> =>
  openOperatorSlot(findOperatorByName(store.database, name) ?? null, passphrase, readKeyring(store.database)!);

async function addBob(store: Store): Promise<void> {
  const dataKey = await open(store, 'Ann', passphrases.ann);
  keepOperator(store.database, store.vault.keys(), await operatorSlot(bob, passphrases.bob, { dataKey, name: readKeyring(store.database)! }));
}

/** A store with Ann, its administrator, and Bob. */
async function openWithTwo(home: string): Promise<Store> {
  const store = openStore(home);
  insertModel(store.database, aModel());
  await store.gallery.enrol(anEnrolment('Carla', randomBytes(1, 300)));
  await rekeyStore(store.database, store.vault, { passphrase: passphrases.ann, usesSystem: false, operators: { first: ann } });
  await addBob(store);
  return store;
}

describe('operators', () => {
  it('open the store each with a passphrase of their own, and nothing else does', async () => {
    using home = temporaryHome();
    const store = await openWithTwo(home.path);
    expect(existsSync(join(home.path, 'store.key'))).toBe(false);
    expect(store.vault.slots()).toEqual(['operator', 'operator']);
    store.close();
    const again = openStore(home.path);
    expect(again.vault.isLocked()).toBe(true);
    await expect(open(again, 'Bob', passphrases.ann)).rejects.toMatchObject({ code: 'wrong-passphrase' });
    await expect(again.vault.unlock(passphrases.ann)).rejects.toMatchObject({ code: 'not-signed-in' });
    again.vault.adopt(await open(again, ' bob ', passphrases.bob));
    expect((await again.gallery.listSubjects({ search: '', offset: 0, limit: 5, modelId: null })).subjects.map(({ name }) => name)).toEqual(['Carla']);
    again.close();
  });

  it('are refused with the same words whether the name is known or not', async () => {
    using home = temporaryHome();
    const store = await openWithTwo(home.path);
    const said = async (name: string): Promise<unknown> => open(store, name, 'not the passphrase').catch((error: unknown) => ({ ...(error as object), message: (error as Error).message }));
    expect(await said('Nobody')).toEqual(await said('Ann'));
    store.close();
  });

  it('keep their passphrases when the store gets new keys', async () => {
    using home = temporaryHome();
    const store = await openWithTwo(home.path);
    const before = await open(store, 'Bob', passphrases.bob);
    await rekeyStore(store.database, store.vault, { passphrase: null, usesSystem: false });
    const after = await open(store, 'Bob', passphrases.bob);
    expect(Buffer.from(after).equals(Buffer.from(before))).toBe(false);
    expect(Buffer.from(after).equals(Buffer.from(await open(store, 'Ann', passphrases.ann)))).toBe(true);
    expect(existsSync(join(home.path, 'store.key'))).toBe(false);
    store.close();
  });

  it('do not get new keys for a public key that somebody else put there', async () => {
    using home = temporaryHome();
    const store = await openWithTwo(home.path);
    const stranger = await operatorSlot(bob, 'a stranger comes along', { dataKey: randomBytes(9, 32), name: readKeyring(store.database)! });
    keepOperator(store.database, store.vault.keys(), { ...knownOperator(store.database, bob.id), public: stranger.public });
    await expect(rekeyStore(store.database, store.vault, { passphrase: null, usesSystem: false })).rejects.toMatchObject({ code: 'storage' });
    store.close();
  });

  it('change their own passphrase without the data key', async () => {
    using home = temporaryHome();
    const store = await openWithTwo(home.path);
    const next = 'bob changed his mind';
    keepOperator(store.database, store.vault.keys(), await withPassphrase(knownOperator(store.database, bob.id), { current: passphrases.bob, next }, readKeyring(store.database)!));
    await expect(open(store, 'Bob', passphrases.bob)).rejects.toMatchObject({ code: 'wrong-passphrase' });
    expect(await open(store, 'Bob', next)).toHaveLength(32);
    store.close();
  });

  it('open nothing any more once they are removed, and the last administrator stays one', async () => {
    using home = temporaryHome();
    const store = await openWithTwo(home.path);
    const keys = store.vault.keys();
    expect(() => { removeOperator(store.database, keys, ann.id); }).toThrow(/last administrator/);
    expect(() => { setRole(store.database, keys, { id: ann.id, role: 'operator' }); }).toThrow(/last administrator/);
    setRole(store.database, keys, { id: bob.id, role: 'administrator' });
    removeOperator(store.database, keys, ann.id);
    expect(listOperators(store.database).map(({ name, role }) => [name, role])).toEqual([['Bob', 'administrator']]);
    await expect(open(store, 'Ann', passphrases.ann)).rejects.toMatchObject({ code: 'wrong-passphrase' });
    store.close();
  });
});
