import { expect, it } from 'vitest';
import { contentOf } from '../test-support/gallery-content.ts';
import { describeOnServer } from '../test-support/on-server.ts';
import { query } from '../test-support/postgres-server.ts';
import { putUnder, stageUnder } from '../test-support/put-under.ts';
import { anEnrolment, randomBytes, subjectIdOf } from '../test-support/sample-rows.ts';
import { firstStation, twoStations } from '../test-support/stations.ts';
import { temporaryHome } from '../test-support/temporary-home.ts';
import { readAddress } from './address.ts';
import { rekeySharedStore } from './rekey-shared.ts';
import { connect } from './server.ts';

const some = (people: number) => Array.from({ length: people }, (_, index) => anEnrolment(`Person ${index}`, randomBytes(index, 90)));

describeOnServer('what holds a gallery on a server for longer', (postgres) => {
  it('raises the revision a few times however many templates it changes, and says of everybody that they changed', async () => {
    using home = temporaryHome();
    const address = await postgres().freshDatabase();
    const { gallery, close, ...store } = await firstStation(home.path, address);
    await gallery.enrolMany(some(150));
    const before = await gallery.listChangedSubjects(0);
    await putUnder({ ...store, gallery, close }, 'bio-hash');
    const after = await gallery.listChangedSubjects(before.revision);
    // Once for what goes, once for what comes.
    expect([after.revision - before.revision, after.subjectIds.length]).toEqual([2, 150]);
    await gallery.forgetModel('model-1');
    expect(await gallery.listChangedSubjects(after.revision)).toMatchObject({ revision: after.revision + 1, subjectIds: expect.objectContaining({ length: 150 }) });
    const { revision } = await gallery.listChangedSubjects(0);
    await gallery.deleteSubject(subjectIdOf('Person 7'), 1);
    expect((await gallery.listChangedSubjects(revision)).subjectIds).toEqual([subjectIdOf('Person 7')]);
    await close();
  });

  it.each([
    ['a re-issue', 'putting all templates under a new key'], ['new keys', 'giving everybody new keys'],
  ] as const)('%s is named to a station that waits in vain, which reads on and then changes', async (work, words) => {
    using stations = await twoStations(postgres());
    const { address, a, b } = stations;
    await a.gallery.enrolMany(some(12));
    const before = await contentOf(b);
    const id = await stageUnder(a, 'bio-hash');
    const blocker = connect(readAddress(address));
    const impatient = connect(readAddress(address), { lockLimitMs: 50 });
    let deed: Promise<unknown> = Promise.resolve();
    await blocker.transaction(async (transaction) => {
      // Met in the middle: the gallery is locked by then.
      await transaction.run(`LOCK TABLE ${work === 'new keys' ? 'likeness.handovers' : 'likeness.next_templates'} IN EXCLUSIVE MODE`);
      deed = work === 'new keys' ? rekeySharedStore(a, a.server!, { passphrase: null, usesSystem: false }) : a.gallery.protections.adopt({ id, needed: 'all', without: [] });
      await expect.poll(() => query(address, `SELECT 1 AS waits FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'Likeness on %: %' AND wait_event_type = 'Lock'`), { timeout: 20_000 }).toEqual([{ waits: 1 }]);
      await expect(impatient.transaction((other) => other.all(`SELECT value FROM likeness.revisions FOR UPDATE`))).rejects.toMatchObject({
        code: 'storage', message: expect.stringMatching(new RegExp(`^The station .+ is ${words} at .+ Nothing was changed here.* try again in a moment\\.$`)),
      });
      expect(await contentOf(b)).toEqual(before);
    });
    await deed;
    await impatient.close();
    await blocker.close();
    await a.gallery.changeConsent(subjectIdOf('Person 1'), 1, () => ({ consent: null, expiresAt: 2 ** 45 }));
    await a.close();
    await b.close();
  });
});
