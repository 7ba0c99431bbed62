import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { insertModel } from '../models.ts';
import { rekeyStore } from '../protection/rekey.ts';
import type { Store } from '../store.ts';
import { openStore } from '../store.ts';
import { aModel, anEnrolment, randomBytes } from '../test-support/sample-rows.ts';
import { filesContaining, temporaryHome } from '../test-support/temporary-home.ts';
import { restoreBackup } from './restore-backup.ts';
import { writeBackup } from './write-backup.ts';

const passphrase = 'correct horse battery';
const picture = randomBytes(3, 3_000_000);

async function openFilled(home: string, name: string): Promise<Store> {
  const store = openStore(home);
  insertModel(store.database, aModel());
  await store.gallery.enrol(anEnrolment(name, picture));
  store.audit.append({ action: 'enrol' });
  mkdirSync(join(home, 'models'), { recursive: true });
  writeFileSync(join(home, 'models', 'model-1.safetensors'), `weights for ${name}`);
  return store;
}

async function namesIn(home: string): Promise<string[]> {
  const store = openStore(home);
  const { subjects } = await store.gallery.listSubjects({ search: '', offset: 0, limit: 9, modelId: null });
  expect(store.audit.verify().problem).toBeNull();
  store.close();
  return subjects.map(({ name }) => name);
}

describe('a backup', () => {
  it('is restored on another machine, over another store, with people, models and audit', async () => {
    using home = temporaryHome();
    using elsewhere = temporaryHome();
    const store = await openFilled(home.path, 'Anna');
    const file = join(home.path, 'anna.backup');
    expect(await writeBackup(home.path, store, { file, passphrase })).toMatchObject({ files: 4 });
    store.close();
    expect(readFileSync(file).includes('weights for')).toBe(false);
    (await openFilled(elsewhere.path, 'Bob')).close();
    expect(await restoreBackup(elsewhere.path, { file, passphrase })).toEqual({ files: 4 });
    expect(await namesIn(elsewhere.path)).toEqual(['Anna']);
    expect(readFileSync(join(elsewhere.path, 'models', 'model-1.safetensors'), 'utf8')).toBe('weights for Anna');
    expect(filesContaining(elsewhere.path, [new TextEncoder().encode('weights for Bob')])).toEqual([]);
  });

  it('of a store with a passphrase is opened with that passphrase', async () => {
    using home = temporaryHome();
    using elsewhere = temporaryHome();
    const store = await openFilled(home.path, 'Anna');
    await rekeyStore(store.database, store.vault, { passphrase: 'the one of the store', usesSystem: false });
    const file = join(home.path, 'anna.backup');
    await writeBackup(home.path, store, { file, passphrase });
    store.close();
    await restoreBackup(join(elsewhere.path, 'new'), { file, passphrase });
    const restored = openStore(join(elsewhere.path, 'new'));
    expect(restored.vault.isLocked()).toBe(true);
    await restored.vault.unlock('the one of the store');
    expect((await restored.gallery.listSubjects({ search: '', offset: 0, limit: 9, modelId: null })).subjects.map(({ name }) => name)).toEqual(['Anna']);
    restored.close();
  });

  it('that is damaged, cut short, of another passphrase or none at all changes nothing', async () => {
    using home = temporaryHome();
    using elsewhere = temporaryHome();
    const store = await openFilled(home.path, 'Anna');
    const file = join(home.path, 'anna.backup');
    await writeBackup(home.path, store, { file, passphrase });
    store.close();
    (await openFilled(elsewhere.path, 'Bob')).close();
    const whole = readFileSync(file);
    const changed = Buffer.from(whole);
    changed[whole.length - 2_000_000]! ^= 1;
    const bad: [Buffer, string, object][] = [
      [changed, passphrase, { code: 'invalid-input', message: expect.stringMatching(/damaged or was changed/) }],
      [whole.subarray(0, whole.length - 5), passphrase, { message: expect.stringMatching(/ends too early/) }],
      [whole.subarray(0, 1_100_000), passphrase, { message: expect.stringMatching(/ends too early/) }],
      [whole, 'wrong horse battery', { code: 'wrong-passphrase' }],
      [Buffer.from('a letter to my grandmother\n'), passphrase, { message: expect.stringMatching(/not a backup of Likeness/) }],
    ];
    for (const [bytes, tried, error] of bad) {
      writeFileSync(file, bytes);
      await expect(restoreBackup(elsewhere.path, { file, passphrase: tried })).rejects.toMatchObject(error);
      expect(await namesIn(elsewhere.path)).toEqual(['Bob']);
      expect(existsSync(join(elsewhere.path, '.restoring'))).toBe(false);
    }
  });

  it('is not restored under an open window, and is its owner\'s alone', async () => {
    using home = temporaryHome();
    const store = await openFilled(home.path, 'Anna');
    const file = join(home.path, 'anna.backup');
    await writeBackup(home.path, store, { file, passphrase });
    store.close();
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
    const { holdDeskLock } = await import('../desk-lock.ts');
    const desk = holdDeskLock(join(home.path, 'desks'), 'desk-1');
    await expect(restoreBackup(home.path, { file, passphrase })).rejects.toMatchObject({ code: 'conflict', message: expect.stringMatching(/Close its windows/) });
    desk.release();
  });
});
