import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeBackup } from './backup/write-backup.ts';
import { insertModel } from './models.ts';
import { rekeyStore } from './protection/rekey.ts';
import type { Store } from './store.ts';
import { openStore } from './store.ts';
import { aModel, anEnrolment, randomBytes } from './test-support/sample-rows.ts';
import { temporaryHome } from './test-support/temporary-home.ts';

const full = expect.objectContaining({ code: 'storage', message: expect.stringMatching(/is full.*free some space and try again/) });

async function openFilled(home: string): Promise<Store> {
  const store = openStore(home);
  insertModel(store.database, aModel());
  for (const name of ['Anna', 'Bob']) await store.gallery.enrol(anEnrolment(name, randomBytes(name.length, 40_000)));
  return store;
}

/** SQLite answers as it does on a full disk: the database may not grow by more than so many pages. */
function leaveRoom(store: Store, pages: number): void {
  store.database.pragma(`max_page_count = ${(store.database.pragma('page_count', { simple: true }) as number) + pages}`);
}

async function namesOf(store: Store): Promise<string[]> {
  return (await store.gallery.listSubjects({ search: '', offset: 0, limit: 9, modelId: 'model-1' })).subjects.map(({ name }) => name);
}

describe('a full disk', () => {
  it('enrols nobody by half, and says what to do', async () => {
    using home = temporaryHome();
    const store = await openFilled(home.path);
    leaveRoom(store, 3);
    await expect(store.gallery.enrol(anEnrolment('Carl', randomBytes(9, 400_000)))).rejects.toThrow(full);
    expect(await namesOf(store)).toEqual(['Anna', 'Bob']);
    store.close();
    const again = openStore(home.path);
    expect(await namesOf(again)).toEqual(['Anna', 'Bob']);
    again.close();
  });

  it('leaves the old keys whole when new ones do not fit', async () => {
    using home = temporaryHome();
    const store = await openFilled(home.path);
    const { epoch } = store.vault.keys();
    // Sealing anew needs no more room than before, so the room is taken by a setting that grows within the same transaction.
    store.database.exec(`CREATE TRIGGER grow AFTER UPDATE ON samples BEGIN INSERT INTO settings (key, value) VALUES ('grown ' || NEW.id, json_quote(hex(zeroblob(900000)))); END`);
    leaveRoom(store, 0);
    await expect(rekeyStore(store.database, store.vault, { passphrase: null, usesSystem: false })).rejects.toThrow(full);
    expect(store.vault.keys().epoch).toBe(epoch);
    expect(await namesOf(store)).toEqual(['Anna', 'Bob']);
    store.close();
    const again = openStore(home.path);
    expect(await namesOf(again)).toEqual(['Anna', 'Bob']);
    again.close();
  });

  it('writes no half backup, and says where', async () => {
    using home = temporaryHome();
    const store = await openFilled(home.path);
    mkdirSync(join(home.path, 'folder'));
    writeFileSync(join(home.path, 'folder', 'file'), '');
    const file = join(home.path, 'folder', 'file', 'x.backup');
    await expect(writeBackup(home.path, store, { file, passphrase: 'correct horse battery' })).rejects.toMatchObject({ code: 'storage', message: expect.stringMatching(/could not be written.*choose another place/) });
    store.close();
  });
});
