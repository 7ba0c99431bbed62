import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { insertModel } from '../models.ts';
import { moveToServer } from '../move/move-gallery.ts';
import { rekeyStore } from '../protection/rekey.ts';
import { openChosenStore } from '../store.ts';
import { contentOf } from '../test-support/gallery-content.ts';
import { describeOnServer } from '../test-support/on-server.ts';
import { query } from '../test-support/postgres-server.ts';
import { aModel, anEnrolment, randomBytes } from '../test-support/sample-rows.ts';
import { firstStation, twoStations } from '../test-support/stations.ts';
import { filesContaining, temporaryHome } from '../test-support/temporary-home.ts';
import { restoreBackup } from './restore-backup.ts';
import { writeBackup } from './write-backup.ts';

const passphrase = 'correct horse battery';

describeOnServer('a backup of a station whose gallery is on a server', (postgres) => {
  it('holds the gallery, and is restored into a folder, and from there to another server', async () => {
    using one = temporaryHome();
    using elsewhere = temporaryHome();
    const address = await postgres().freshDatabase();
    const store = await firstStation(one.path, address);
    await store.gallery.enrolMany(Array.from({ length: 130 }, (_, index) => anEnrolment(`Person ${index % 110}`, randomBytes(index, 3000))));
    store.audit.append({ action: 'backup' });
    const before = await contentOf(store);
    const file = join(elsewhere.path, 'lab.backup');
    await writeBackup(one.path, store, { file, passphrase });
    expect(readdirSync(one.path).filter((name) => name.startsWith('.backup-'))).toEqual([]);
    expect(filesContaining(elsewhere.path, [Buffer.from('Person 1')])).toEqual([]);
    // The gallery itself is as it was, and goes on.
    await store.gallery.enrol(anEnrolment('Late', randomBytes(999, 90)));
    await store.close();
    await query(address, 'DROP SCHEMA likeness CASCADE');

    const home = join(elsewhere.path, 'new');
    await restoreBackup(home, { file, passphrase });
    const restored = await openChosenStore(home, null);
    expect([restored.server, await contentOf(restored)]).toEqual([null, before]);
    expect(restored.audit.verify().problem).toBeNull();
    const other = await postgres().freshDatabase();
    expect(await moveToServer(restored, other, [])).toMatchObject({ subjects: 110, samples: 130 });
    await restored.close();
    const moved = await openChosenStore(home, null);
    expect([moved.server?.address.text, await contentOf(moved)]).toEqual([other, before]);
    await moved.close();
  });

  it('is refused where it would not be whole, and says what to do', async () => {
    using stations = await twoStations(postgres());
    const { one, a, b } = stations;
    insertModel(b.database, aModel('model-2', 'weights-2'));
    await b.gallery.enrol({ ...anEnrolment('Anna', randomBytes(1, 90)), template: { modelId: 'model-2', weightsHash: 'weights-2', size: 4, protection: '', vector: new Float32Array(4) } });
    const file = join(one.path, 'lab.backup');
    await expect(writeBackup(one.path, a, { file, passphrase })).rejects.toMatchObject({ code: 'conflict', message: expect.stringMatching(/uses the model model-2, which is not here.*Open Likeness there/) });
    await b.gallery.forgetModel('model-2');
    // Keys that are not the server's open nothing that is there.
    await rekeyStore(a.database, a.vault, { passphrase: null, usesSystem: false });
    await expect(writeBackup(one.path, a, { file, passphrase })).rejects.toMatchObject({ code: 'locked' });
    expect(readdirSync(one.path).filter((name) => name.includes('backup'))).toEqual([]);
    await a.close();
    await b.close();
  });
});
