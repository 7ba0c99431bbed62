import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { RequestError } from '../../contract/request-error.ts';
import { keyFileName } from '../protection/key-file.ts';
import { unwrapSubjectKey } from '../sealed-gallery/sealing.ts';
import type { Store } from '../store.ts';
import { openSharedStore } from '../store.ts';
import { contentOf } from '../test-support/gallery-content.ts';
import { describeOnServer } from '../test-support/on-server.ts';
import { query } from '../test-support/postgres-server.ts';
import { anEnrolment, randomBytes, subjectIdOf } from '../test-support/sample-rows.ts';
import { firstStation, twoStations } from '../test-support/stations.ts';
import { temporaryHome } from '../test-support/temporary-home.ts';
import { readAddress } from './address.ts';
import { rekeySharedStore } from './rekey-shared.ts';
import { connect } from './server.ts';

const byFile = { passphrase: null, usesSystem: false };
const passphrase = 'correct horse battery';

const rotate = (store: Store, wanted: Parameters<typeof rekeySharedStore>[2] = byFile): Promise<void> => rekeySharedStore(store, store.server!, wanted);

/** What a station keeps for itself, sealed with the keys of the gallery. */
function keepOwn({ database, jobLines, audit }: Store): void {
  database.exec(`INSERT INTO jobs (id, desk_id, kind, title, state, done, unit, message, created_at) VALUES ('job-1', 'd', 'enrol-folder', 't', 'done', 1, 'images', '', 1)`);
  jobLines.append({ jobId: 'job-1', text: 'Anna/2.png: too dark', about: 'Anna' });
  audit.append({ action: 'enrol' });
}

function expectOwn({ jobLines, audit, receipts }: Store): void {
  expect(jobLines.list('job-1', 9)).toEqual(['Anna/2.png: too dark']);
  expect(jobLines.count('Anna')).toBe(1);
  expect(audit.verify()).toMatchObject({ problem: null });
  for (const { isGenuine } of receipts.verify()) expect(isGenuine).toBe(true);
}

describeOnServer('new keys for a gallery on a server', (postgres) => {
  it('seal everybody anew; another station says which file it needs, and goes on with it', async () => {
    using stations = await twoStations(postgres());
    const { address, one, two, a, b } = stations;
    keepOwn(b);
    await a.gallery.enrolMany(Array.from({ length: 130 }, (_, index) => anEnrolment(`Person ${index}`, randomBytes(index, 300))));
    await b.gallery.deleteSubject(subjectIdOf('Person 129'), 1);
    const [before, rows, { revision }] = [await contentOf(b), await query(address, 'SELECT * FROM likeness.subjects ORDER BY id'), await a.gallery.listChangedSubjects(0)];
    const former = a.vault.keys().epoch;
    await rotate(a);
    expect(a.vault.keys().epoch).toBe(former + 1);
    expect(await contentOf(a)).toEqual(before);
    const after = (await query(address, 'SELECT * FROM likeness.subjects ORDER BY id')) as { id: string; key: Uint8Array }[];
    expect(after).toHaveLength(rows.length);
    for (const [index, row] of (rows as typeof after).entries()) {
      expect(after[index]!.key).not.toEqual(row.key);
      // What the log and old pages of the server still hold opens no more.
      expect(() => unwrapSubjectKey(a.vault.keys(), row.id, row.key)).toThrow(/belongs to another key/);
    }
    // What searches have loaded is what it was.
    expect(await a.gallery.listChangedSubjects(revision)).toEqual({ revision, subjectIds: [] });

    const needsFile = { code: 'locked', message: expect.stringMatching(/changed at another station\. Copy its file store\.key over .*store\.key/) };
    await expect(b.gallery.findSubjectIdByName('Person 1')).rejects.toMatchObject(needsFile);
    await expect(contentOf(b)).rejects.toMatchObject(needsFile);
    await expect(b.gallery.enrol(anEnrolment('Dora', randomBytes(999, 90)))).rejects.toMatchObject(needsFile);
    expect([b.vault.keysIfUnlocked(), b.jobLines.list('job-1', 9)]).toEqual([null, []]);
    copyFileSync(join(one.path, keyFileName), join(two.path, keyFileName));
    expect(await contentOf(b)).toEqual(before);
    expectOwn(b);
    await b.gallery.enrol(anEnrolment('Dora', randomBytes(999, 90)));
    expect(await contentOf(a)).toEqual(await contentOf(b));
    await a.close();
    await b.close();
  });

  it('are taken over by a station that was away for several changes, with the passphrase that was set', async () => {
    using stations = await twoStations(postgres());
    const { address, one, two, a, b } = stations;
    keepOwn(b);
    await a.gallery.enrol(anEnrolment('Anna', randomBytes(1, 300)));
    await b.close();
    const before = await contentOf(a);
    await rotate(a);
    await rotate(a, { passphrase, usesSystem: false });
    expect(existsSync(join(one.path, keyFileName))).toBe(false);
    const again = await openSharedStore(two.path, address);
    expect([again.vault.isLocked(), again.vault.slots()]).toEqual([true, ['passphrase']]);
    await expect(again.vault.unlock('wrong horse battery')).rejects.toMatchObject({ code: 'wrong-passphrase' });
    await again.vault.unlock(passphrase);
    expect(await contentOf(again)).toEqual(before);
    expectOwn(again);
    expect(existsSync(join(two.path, keyFileName))).toBe(false);
    await again.close();
    // Not asked twice for what was taken over.
    const third = await openSharedStore(two.path, address);
    await third.vault.unlock(passphrase);
    expectOwn(third);
    // While it is open, a further change locks it, and the same passphrase opens it.
    await rotate(a, { passphrase, usesSystem: false });
    await expect(contentOf(third)).rejects.toMatchObject({ code: 'locked', message: expect.stringMatching(/by another window or station/) });
    await third.vault.unlock(passphrase);
    expect(await contentOf(third)).toEqual(before);
    await third.close();
    await a.close();
  });

  it('are found by the station that was killed between the server\'s commit and its own', async () => {
    using one = temporaryHome();
    const address = await postgres().freshDatabase();
    const a = await firstStation(one.path, address);
    keepOwn(a);
    await a.gallery.enrol(anEnrolment('Anna', randomBytes(1, 300)));
    const [before, database, keysOf] = [await contentOf(a), join(one.path, 'before'), (): string[] => (JSON.parse(readFileSync(join(one.path, keyFileName), 'utf8')) as { keys: string[] }).keys];
    const former = keysOf();
    await a.database.backup(database);
    await rotate(a);
    await a.close();
    copyFileSync(database, join(one.path, 'likeness.sqlite'));
    writeFileSync(join(one.path, keyFileName), JSON.stringify({ keys: [...former, ...keysOf()] }));
    const again = await openSharedStore(one.path, address);
    expect(await contentOf(again)).toEqual(before);
    expectOwn(again);
    await again.close();
  });

  it('leave every enrolment of another station before or after them, and refuse what holds the gallery too long', async () => {
    using stations = await twoStations(postgres());
    const { address, one, two, a, b } = stations;
    await a.gallery.enrolMany(Array.from({ length: 150 }, (_, index) => anEnrolment(`Person ${index}`, randomBytes(index, 3000))));
    const kept: string[] = [];
    const state = { isOver: false };
    const enrolling = (async () => {
      for (let turn = 0; !state.isOver; turn++) {
        try {
          await b.gallery.enrol(anEnrolment(`Late ${turn}`, randomBytes(5000 + turn, 300)));
          kept.push(`Late ${turn}`);
        } catch (error) {
          if (!(error instanceof RequestError) || error.code !== 'locked') throw error;
          copyFileSync(join(one.path, keyFileName), join(two.path, keyFileName));
        }
      }
    })();
    for (let turn = 0; turn < 3; turn++) {
      const before = kept.length;
      await expect.poll(() => kept.length, { timeout: 20_000 }).toBeGreaterThan(before);
      await rotate(a);
    }
    state.isOver = true;
    await enrolling;
    const { subjects } = await a.gallery.listSubjects({ search: 'Late', offset: 0, limit: 1000, modelId: 'model-1' });
    expect(subjects.map(({ name }) => name).sort()).toEqual(kept.sort());
    expect(subjects.every(({ samples, templates }) => samples === 1 && templates === 1)).toBe(true);

    const impatient = connect(readAddress(address), { lockLimitMs: 50 });
    const waiting = a.server!.transaction(async (transaction) => {
      await transaction.run('LOCK TABLE likeness.keyring IN EXCLUSIVE MODE');
      await expect(impatient.transaction((other) => other.all('SELECT epoch FROM likeness.keyring FOR SHARE'))).rejects.toMatchObject({ code: 'storage', message: expect.stringMatching(/locked for too long\. Try again/) });
    });
    await waiting;
    await impatient.close();
    // Two stations that change the keys at once: one of them is told that the other was quicker.
    const both = await Promise.allSettled([rotate(a), rotate(b)]);
    expect(both.filter(({ status }) => status === 'rejected')).toMatchObject([{ reason: { code: 'locked' } }]);
    await a.close();
    await b.close();
  });
});
