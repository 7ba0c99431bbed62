import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { insertModel } from '../models.ts';
import type { Store } from '../store.ts';
import { openStore } from '../store.ts';
import { contentOf } from '../test-support/gallery-content.ts';
import { aModel, anEnrolment, randomBytes, subjectIdOf } from '../test-support/sample-rows.ts';
import { filesContaining, temporaryHome } from '../test-support/temporary-home.ts';
import { fromBase64 } from './key-slots.ts';
import type { SystemKeyStore } from './key-slots.ts';
import { rekeyStore } from './rekey.ts';
import { waitAfter } from './unlock-attempts.ts';

afterEach(() => { vi.useRealTimers(); });

const passphrase = 'correct horse battery';
const model = { modelId: 'model-1', weightsHash: 'weights-1', size: 4, protection: '' };

async function openFilled(home: string): Promise<Store> {
  const store = openStore(home);
  insertModel(store.database, aModel());
  store.database.exec(`INSERT INTO jobs (id, desk_id, kind, title, state, done, unit, message, created_at) VALUES ('job-1', 'd', 'enrol-folder', 't', 'done', 1, 'images', '', 1)`);
  store.jobLines.append({ jobId: 'job-1', text: 'Anna/2.png: too dark', about: 'Anna' });
  for (const [index, name] of ['Anna', 'Bob', 'Carl'].entries()) await store.gallery.enrol(anEnrolment(name, randomBytes(index, 900)));
  return store;
}

async function allOf(store: Store): Promise<unknown> {
  return { gallery: await contentOf(store), lines: store.jobLines.list('job-1', 9) };
}

describe('setting a passphrase', () => {
  it('seals everything anew, destroys the key file, and opens for nobody else', async () => {
    using home = temporaryHome();
    const store = await openFilled(home.path);
    const before = await allOf(store);
    const { keys } = JSON.parse(readFileSync(join(home.path, 'store.key'), 'utf8')) as { keys: string[] };
    const envelopes = (store.database.prepare('SELECT bytes FROM samples').all() as { bytes: Uint8Array }[]).map(({ bytes }) => bytes.slice(0, 40));
    await rekeyStore(store.database, store.vault, { passphrase, usesSystem: false });
    expect(await allOf(store)).toEqual(before);
    expect(existsSync(join(home.path, 'store.key'))).toBe(false);
    store.close();
    expect(filesContaining(home.path, [...envelopes, ...keys.map(fromBase64), ...keys.map((key) => Buffer.from(key))])).toEqual([]);

    const again = openStore(home.path);
    expect(again.vault.isLocked()).toBe(true);
    await expect(again.gallery.listSubjects({ search: '', offset: 0, limit: 1, modelId: null })).rejects.toMatchObject({ code: 'locked' });
    expect(again.jobLines.list('job-1', 9)).toEqual([]);
    await expect(again.vault.unlock('wrong horse battery')).rejects.toMatchObject({ code: 'wrong-passphrase' });
    expect(await again.vault.unlock(passphrase)).toBe(1);
    expect(await allOf(again)).toEqual(before);
    again.lock();
    await expect(again.gallery.listTemplatesOf(model, [subjectIdOf('Anna')])).rejects.toMatchObject({ code: 'locked' });
    again.close();
  });

  it('makes guessing slow, whoever asks', async () => {
    // The clock stands still: a guess takes longer on a busy machine than the wait after it.
    vi.useFakeTimers({ toFake: ['Date'] });
    using home = temporaryHome();
    const store = await openFilled(home.path);
    await rekeyStore(store.database, store.vault, { passphrase, usesSystem: false });
    store.lock();
    const other = openStore(home.path);
    for (const [asked, vault] of [store, other, store].entries()) await expect(vault.vault.unlock(`guess ${asked}`)).rejects.toMatchObject({ code: 'wrong-passphrase' });
    await expect(other.vault.unlock(passphrase)).rejects.toMatchObject({ code: 'locked', message: expect.stringMatching(/^3 wrong passphrases in a row\. Wait 2 s/) });
    expect([0, 2, 3, 4, 5, 20].map((failures) => waitAfter(failures))).toEqual([0, 0, 2000, 4000, 8000, 300_000]);
    store.close();
    other.close();
  });

  it('lets the key store of the operating system open it too, where that was asked for', async () => {
    using home = temporaryHome();
    const mask = 0x5a;
    const system: SystemKeyStore = { guard: (secret) => secret.map((byte) => byte ^ mask), release: (guarded) => guarded.map((byte) => byte ^ mask) };
    const store = openStore(home.path, { system });
    await rekeyStore(store.database, store.vault, { passphrase, usesSystem: true });
    store.lock();
    store.vault.unlockBySystem();
    expect(store.vault.isLocked()).toBe(false);
    store.close();
    const elsewhere = openStore(home.path, { system: { ...system, release: (guarded) => guarded } });
    expect(() => { elsewhere.vault.unlockBySystem(); }).toThrow(expect.objectContaining({ code: 'locked', message: expect.stringMatching(/Unlock with the passphrase/) }));
    await elsewhere.vault.unlock(passphrase);
    elsewhere.close();
  });
});

describe('a rotation', () => {
  it('gives new keys, with the key file as with a passphrase, and keeps everything', async () => {
    using home = temporaryHome();
    const store = await openFilled(home.path);
    const before = await allOf(store);
    const former = readFileSync(join(home.path, 'store.key'));
    await rekeyStore(store.database, store.vault, { passphrase: null, usesSystem: false });
    expect(readFileSync(join(home.path, 'store.key'))).not.toEqual(former);
    store.close();
    const again = openStore(home.path);
    expect(await allOf(again)).toEqual(before);
    expect(again.vault.keys().epoch).toBe(2);
    again.close();
  });

  it('is noticed by a second window: it writes nothing with old keys', async () => {
    using home = temporaryHome();
    const store = await openFilled(home.path);
    const other = openStore(home.path);
    const stale = other.vault.keys();
    await rekeyStore(store.database, store.vault, { passphrase: null, usesSystem: false });
    // Opened by the key file, the other takes the new keys by itself.
    expect(await other.gallery.findSubject(subjectIdOf('Anna'), null)).toMatchObject({ name: 'Anna' });
    expect(other.vault.keys().epoch).toBe(stale.epoch + 1);
    await rekeyStore(store.database, store.vault, { passphrase, usesSystem: false });
    await expect(other.gallery.enrol(anEnrolment('Dora', randomBytes(9, 90)))).rejects.toMatchObject({ code: 'locked', message: expect.stringMatching(/changed by another window or station/) });
    expect((await store.gallery.listSubjects({ search: '', offset: 0, limit: 9, modelId: null })).total).toBe(3);
    // Said as long as it is so, also to whoever finds the store locked, and to whoever knows the former passphrase only.
    expect([other.vault.keysChangedAt(), store.vault.keysChangedAt()]).toEqual([other.vault.keyring().changedAt, null]);
    expect(() => other.vault.keys()).toThrow(/changed by another window or station.*the passphrase that it has now/);
    await expect(other.vault.unlock('what it was before')).rejects.toMatchObject({ code: 'wrong-passphrase', message: expect.stringMatching(/not the passphrase that the store has now.*changed by another window or station/) });
    await other.vault.unlock(passphrase);
    expect(other.vault.keysChangedAt()).toBeNull();
    await other.gallery.enrol(anEnrolment('Dora', randomBytes(9, 90)));
    expect((await store.gallery.listSubjects({ search: '', offset: 0, limit: 9, modelId: null })).total).toBe(4);
    store.close();
    other.close();
  });
});
