import { copyFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { restoreBackup } from '../backup/restore-backup.ts';
import { writeBackup } from '../backup/write-backup.ts';
import { insertModel } from '../models.ts';
import { openOperatorSlot, operatorSlot } from '../operators/operator-slots.ts';
import { findOperatorByName, keepOperator, listOperators } from '../operators/operators.ts';
import { newIdentity } from '../operators/test-support/an-operator.ts';
import { rekeySharedStore } from '../postgres/rekey-shared.ts';
import { rekeyStore } from '../protection/rekey.ts';
import type { Store } from '../store.ts';
import { openChosenStore, openSharedStore, openStore } from '../store.ts';
import { contentOf } from '../test-support/gallery-content.ts';
import { galleryKinds, galleryPlace } from '../test-support/gallery-place.ts';
import { describeOnServer } from '../test-support/on-server.ts';
import { query } from '../test-support/postgres-server.ts';
import { putUnder, stageUnder } from '../test-support/put-under.ts';
import { aModel, anEnrolment, randomBytes } from '../test-support/sample-rows.ts';
import { joinStation, twoStations } from '../test-support/stations.ts';
import { filesContaining, temporaryHome } from '../test-support/temporary-home.ts';
import { moveToFolder, moveToServer } from './move-gallery.ts';

const ofBackup = 'correct horse battery';
const passphrases = { Ann: 'ann likes long walks', Otto: 'otto reads both ways' };
const byFile = { passphrase: null, usesSystem: false };

async function fill(store: Store): Promise<Store> {
  insertModel(store.database, aModel());
  return enrolSome(store);
}

async function enrolSome(store: Store): Promise<Store> {
  await store.gallery.enrolMany(Array.from({ length: 30 }, (_, index) => anEnrolment(`Person ${index % 20}`, randomBytes(index, 300))));
  return store;
}

/** Ann is its administrator, Otto one of its operators. */
async function giveOperators(store: Store): Promise<void> {
  const wanted = { passphrase: passphrases.Ann, usesSystem: false, operators: { first: newIdentity('Ann', 'administrator') } };
  await (store.server === null ? rekeyStore(store.database, store.vault, wanted) : rekeySharedStore(store, store.server, wanted));
  const dataKey = await keyOf(store, 'Ann');
  keepOperator(store.database, store.vault.keys(), await operatorSlot(newIdentity('Otto', 'operator'), passphrases.Otto, { dataKey, name: store.vault.keyring() }));
}

const keyOf = ({ database, vault }: Store, name: keyof typeof passphrases): Promise<Uint8Array> => openOperatorSlot(findOperatorByName(database, name) ?? null, passphrases[name], vault.keyring());

async function signIn(store: Store, name: keyof typeof passphrases): Promise<Store> {
  expect(store.vault.isLocked()).toBe(true);
  store.vault.adopt(await keyOf(store, name));
  return store;
}

const namesOf = ({ database }: Store): string[] => listOperators(database).map(({ name }) => name);


describeOnServer('a move between folder and server', (postgres) => {
  it('takes the key of a protected gallery along, and leaves it in no file of the folder', async () => {
    using home = temporaryHome();
    using two = temporaryHome();
    const address = await postgres().freshDatabase();
    const store = await fill(openStore(home.path));
    await putUnder(store, 'bio-hash');
    const [before, { key, id }] = [await contentOf(store), (await store.gallery.protections.open()).current];
    const [sealed] = store.database.prepare('SELECT key AS bytes FROM template_protections').all() as { bytes: Uint8Array }[];
    await moveToServer(store, address, []);
    await store.close();
    expect(filesContaining(home.path, [Buffer.from(id), key!, sealed!.bytes.subarray(0, 40)])).toEqual([]);
    const there = await joinStation(home.path, two.path, address);
    expect(await contentOf(there)).toEqual(before);
    // Another key there is another gallery: what an interrupted move left in the folder is not taken for the same.
    await putUnder(there, 'bio-hash');
    const reissued = await contentOf(there);
    await there.close();

    const moved = await openChosenStore(home.path, null);
    expect(await moved.gallery.protections.read()).toMatchObject({ current: { transform: 'bio-hash' } });
    await moveToFolder({ ...moved, server: moved.server! });
    await moved.close();
    expect(await query(address, 'SELECT id, transform, key FROM likeness.template_protections')).toEqual([{ id: '', transform: 'none', key: null }]);
    const back = await openChosenStore(home.path, null);
    expect([back.server, await contentOf(back)]).toEqual([null, reissued]);
    await back.close();
  });

  it('refuses where the same people are under another key meanwhile', async () => {
    using home = temporaryHome();
    using two = temporaryHome();
    const address = await postgres().freshDatabase();
    const store = await fill(openStore(home.path));
    await putUnder(store, 'bio-hash');
    const [before, copy] = [await contentOf(store), join(home.path, 'before')];
    await store.database.backup(copy);
    await moveToServer(store, address, []);
    await store.close();
    // The server has committed, and the folder is as it was; then another station issues the templates anew.
    copyFileSync(copy, join(home.path, 'likeness.sqlite'));
    const other = await joinStation(home.path, two.path, address);
    await putUnder(other, 'bio-hash');
    const there = await contentOf(other);
    const crashed = openStore(home.path);
    await expect(moveToServer(crashed, address, [])).rejects.toMatchObject({ code: 'conflict', message: expect.stringMatching(/nothing was changed/) });
    expect([await contentOf(crashed), await contentOf(other)]).toEqual([before, there]);
    await crashed.close();
    await other.close();
  });

  it('drops a change of the protection that is under way, in both directions, and nothing of it is left', async () => {
    using home = temporaryHome();
    const address = await postgres().freshDatabase();
    const store = await fill(openStore(home.path));
    await putUnder(store, 'random-orthogonal');
    const before = await contentOf(store);
    await stageUnder(store, 'random-orthogonal');
    await moveToServer(store, address, []);
    expect(store.database.prepare('SELECT (SELECT count(*) FROM next_templates) AS staged, (SELECT count(*) FROM template_protections) AS protections').get()).toEqual({ staged: 0, protections: 1 });
    await store.close();
    const moved = await openChosenStore(home.path, null);
    expect([await contentOf(moved), (await moved.gallery.protections.read()).next]).toEqual([before, null]);
    await stageUnder(moved, 'random-orthogonal');
    const [staged] = (await query(address, 'SELECT vector FROM likeness.next_templates LIMIT 1')) as [{ vector: Uint8Array }];
    await moveToFolder({ ...moved, server: moved.server! });
    expect(await query(address, 'SELECT sample_id FROM likeness.next_templates')).toEqual([]);
    await query(address, 'CHECKPOINT');
    const [{ file: table }] = (await query(address, `SELECT pg_relation_filepath('likeness.next_templates') AS file`)) as [{ file: string }];
    expect(filesContaining(join(postgres().folder, 'data', table, '..'), [staged.vector.subarray(0, 40)]).filter((file) => file.endsWith(table))).toEqual([]);
    await moved.close();
    const back = await openChosenStore(home.path, null);
    expect([await contentOf(back), (await back.gallery.protections.read()).next]).toEqual([before, null]);
    await back.close();
  });

  it('brings nothing home that this station cannot open, where another has given the gallery new keys', async () => {
    using stations = await twoStations(postgres());
    const { a, b } = stations;
    await enrolSome(a);
    const before = await contentOf(b);
    await rekeySharedStore(b, b.server!, byFile);
    await expect(moveToFolder({ ...a, server: a.server! })).rejects.toMatchObject({ code: 'locked' });
    expect(await contentOf(b)).toEqual(before);
    await a.close();
    await b.close();
  });

  it('takes the operators along: each opens the gallery there, at another station too, and here again', async () => {
    using home = temporaryHome();
    using two = temporaryHome();
    const address = await postgres().freshDatabase();
    const store = await fill(openStore(home.path));
    await giveOperators(store);
    await putUnder(store, 'mlp-hash');
    const before = await contentOf(store);
    await moveToServer(store, address, []);
    await store.close();
    const other = await openSharedStore(two.path, address);
    expect(namesOf(other)).toEqual(['Ann', 'Otto']);
    await signIn(other, 'Otto');
    insertModel(other.database, aModel());
    expect(await contentOf(other)).toEqual(before);
    await other.close();
    const moved = await signIn(await openChosenStore(home.path, null), 'Ann');
    await moveToFolder({ ...moved, server: moved.server! });
    await moved.close();
    const back = await signIn(await openChosenStore(home.path, null), 'Otto');
    expect([back.server, namesOf(back), await contentOf(back)]).toEqual([null, ['Ann', 'Otto'], before]);
    await back.close();
  });
});

describe.each(galleryKinds)('a backup of a gallery in %s', (kind) => {
  const place = galleryPlace(kind);

  it('brings protection, operators and a change under way back as they were', async () => {
    using home = temporaryHome();
    using elsewhere = temporaryHome();
    const store = await fill(await place.open(home.path));
    await giveOperators(store);
    await putUnder(store, 'bio-hash');
    const before = await contentOf(store);
    await stageUnder(store, 'bio-hash');
    const file = join(elsewhere.path, 'lab.backup');
    await writeBackup(home.path, store, { file, passphrase: ofBackup });
    // The key of that time is replaced, and goes from the store; the backup has it.
    await putUnder(store, 'bio-hash');
    expect(await contentOf(store)).not.toEqual(before);
    await store.close();
    expect(filesContaining(elsewhere.path, [Buffer.from('Otto')])).toEqual([]);

    const restored = join(elsewhere.path, 'new');
    await restoreBackup(restored, { file, passphrase: ofBackup });
    const again = await openChosenStore(restored, null);
    expect([again.server, namesOf(again)]).toEqual([null, ['Ann', 'Otto']]);
    await signIn(again, 'Otto');
    expect(await contentOf(again)).toEqual(before);
    // In the folder the change is gone on with; from a server it is not taken along.
    expect((await again.gallery.protections.read()).next === null).toBe(kind === 'PostgreSQL');
    await putUnder(again, 'bio-hash');
    expect(again.database.pragma('integrity_check', { simple: true })).toBe('ok');
    await again.close();
    expect(readdirSync(restored).filter((name) => name === 'store.key')).toEqual([]);
  });
});
