import { expect, it } from 'vitest';
import { RequestError } from '../../contract/request-error.ts';
import type { Consent } from '../../contract/requests/consent.ts';
import type { Enrolment } from '../gallery.ts';
import type { Store } from '../store.ts';
import { openSharedStore } from '../store.ts';
import { describeOnServer } from '../test-support/on-server.ts';
import { query } from '../test-support/postgres-server.ts';
import { anEnrolment, randomBytes } from '../test-support/sample-rows.ts';
import { firstStation, joinStation } from '../test-support/stations.ts';
import type { TemporaryHome } from '../test-support/temporary-home.ts';
import { temporaryHome } from '../test-support/temporary-home.ts';

const everybody = { search: '', offset: 0, limit: 1000, modelId: 'model-1' };
const consent: Consent = { textVersion: 1, text: 'I agree.', scope: 'tests', givenAt: 1, expiresAt: null };
const [stations, lanes, turns, people] = [3, 3, 16, 6];

/** Everything that changes a gallery, in a mixed order, of a handful of people so that it meets. */
async function work({ gallery }: Store, lane: number, turn: number): Promise<void> {
  const who = `Person ${(lane + turn * 5) % people}`;
  const id = (await gallery.findSubjectIdByName(who)) ?? 'nobody';
  const picture = (more: number, name = who): Enrolment => {
    const { subject, ...rest } = anEnrolment(name, randomBytes(lane * 10_000 + turn * 10 + more, 90));
    return { ...rest, subject: { ...subject, id: `${subject.id}-${lane}-${turn}-${more}` } };
  };
  const kinds: (() => Promise<unknown>)[] = [
    () => gallery.enrol(picture(0)),
    () => gallery.enrolMany([picture(1), picture(2), picture(3, `Person ${turn % people}`)]),
    async () => { for (const sample of (await gallery.listSamples(id, null)).slice(1)) await gallery.deleteSample(sample.id); },
    () => gallery.deleteSubject(id, 1),
    async () => {
      const [sample] = await gallery.listSamples(id, null);
      if (sample !== undefined) await gallery.addTemplate({ sampleId: sample.id, modelId: 'model-1', weightsHash: 'weights-1', size: 4, protection: '', vector: new Float32Array(4) });
    },
    () => gallery.changeConsent(id, 1, () => ({ consent, expiresAt: 2 ** 45 })),
    () => gallery.changeConsent(id, 1, ({ consent: known }) => ({ consent: known, expiresAt: null })),
    () => gallery.forgetModel('model-1'),
    () => gallery.deleteDemo(1),
    async () => { await gallery.shredSubject(id, 1); },
  ];
  await kinds[(lane * 3 + turn) % kinds.length]!();
}

describeOnServer('many stations at once', (postgres) => {
  it('never wait for each other in a ring, and leave nothing half there', async () => {
    const homes: TemporaryHome[] = Array.from({ length: stations }, () => temporaryHome());
    const address = await postgres().freshDatabase();
    const open = [await firstStation(homes[0]!.path, address)];
    for (const home of homes.slice(1)) open.push(await joinStation(homes[0]!.path, home.path, address));
    const failures: string[] = [];
    await Promise.all(open.flatMap((store, station) => Array.from({ length: lanes }, async (_, lane) => {
      for (let turn = 0; turn < turns; turn++) {
        // That somebody else has deleted the person is an answer; anything else is a failure.
        await work(store, station * lanes + lane, turn).catch((error: unknown) => {
          if (!(error instanceof RequestError) || error.code !== 'not-found') failures.push(String(error));
        });
      }
    })));
    expect(failures).toEqual([]);
    expect(await query(address, `SELECT deadlocks::integer FROM pg_stat_database WHERE datname = current_database()`)).toEqual([{ deadlocks: 0 }]);
    const lists = await Promise.all(open.map(({ gallery }) => gallery.listSubjects(everybody)));
    for (const list of lists) expect(list).toEqual(lists[0]);
    for (const { samples, portrait } of lists[0]!.subjects) expect(portrait === null ? 0 : (await open[0]!.gallery.readSample(portrait))!.bytes.length).toBe(samples === 0 ? 0 : 90);
    for (const store of open) await store.close();
    for (const home of homes) home[Symbol.dispose]();
  }, 120_000);

  it('that find no gallery yet agree on the keys of one of them', async () => {
    const address = await postgres().freshDatabase();
    const homes: TemporaryHome[] = Array.from({ length: 4 }, () => temporaryHome());
    const opened = await Promise.allSettled(homes.map(({ path }) => openSharedStore(path, address)));
    const first = opened.find((one) => one.status === 'fulfilled')!.value;
    for (const one of opened) if (one.status === 'rejected') expect(String(one.reason)).toMatch(/other keys than this data folder|store\.key is missing/);
    expect(await query(address, 'SELECT store_id FROM likeness.keyring')).toEqual([{ store_id: first.vault.keys().storeId }]);
    for (const one of opened) if (one.status === 'fulfilled') await one.value.close();
    for (const home of homes) home[Symbol.dispose]();
  });
});
