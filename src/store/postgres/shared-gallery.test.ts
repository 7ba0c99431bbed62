import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, it, vi } from 'vitest';
import { insertModel } from '../models.ts';
import { keyFileName } from '../protection/key-file.ts';
import { openChosenStore, openSharedStore, openStore } from '../store.ts';
import { moveToFolder, moveToServer } from '../move/move-gallery.ts';
import { contentOf } from '../test-support/gallery-content.ts';
import { describeOnServer } from '../test-support/on-server.ts';
import { query } from '../test-support/postgres-server.ts';
import { aModel, anEnrolment, randomBytes, subjectIdOf } from '../test-support/sample-rows.ts';
import { firstStation, joinStation } from '../test-support/stations.ts';
import { filesContaining, temporaryHome } from '../test-support/temporary-home.ts';
import { readAddress } from './address.ts';
import { migrateServer, serverMigrations } from './migrate-server.ts';
import type { Server } from './server.ts';
import { connect } from './server.ts';
import { listSharedModelIds, publishModel, shareModel } from './shared-models.ts';

const everybody = { search: '', offset: 0, limit: 1000, modelId: 'model-1' };

afterEach(() => { vi.unstubAllEnvs(); });

describeOnServer('a gallery on a server', (postgres) => {
  it('is seen by every station at once, and says when it changes', async () => {
    using one = temporaryHome();
    using two = temporaryHome();
    const address = await postgres().freshDatabase();
    const [a, b] = [await firstStation(one.path, address), await joinStation(one.path, two.path, address)];
    let changes = 0;
    b.server!.listen(() => { changes++; });
    await expect.poll(async () => (await query(address, `SELECT 1 FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND datname = current_database()`)).length).toBe(1);
    await a.gallery.enrol(anEnrolment('Anna', randomBytes(1, 90)));
    expect(await contentOf(b)).toEqual(await contentOf(a));
    await expect.poll(() => changes).toBeGreaterThan(0);
    const { revision } = await b.gallery.listChangedSubjects(0);
    await b.gallery.deleteSubject(subjectIdOf('Anna'), 1);
    expect(await a.gallery.listChangedSubjects(revision)).toMatchObject({ subjectIds: [subjectIdOf('Anna')] });
    expect((await a.gallery.listSubjects(everybody)).total).toBe(0);
    await a.close();
    await b.close();
  });

  it('keeps what several stations enrol at once: nobody twice, nothing lost', async () => {
    using one = temporaryHome();
    using two = temporaryHome();
    const address = await postgres().freshDatabase();
    const stations = [await firstStation(one.path, address), await joinStation(one.path, two.path, address)];
    // Both enrol pictures of the same twenty people, and one picture in three is the very same.
    const outcomes = await Promise.all(stations.flatMap(({ gallery }, station) => Array.from({ length: 20 }, async (_, index) => {
      const { subject, ...rest } = anEnrolment(`Person ${index}`, randomBytes(index % 3 === 0 ? index : 100 * (station + 1) + index, 90));
      return gallery.enrol({ ...rest, subject: { ...subject, id: `${subject.id}-${station}` } });
    })));
    const kinds = outcomes.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'known-picture')).toHaveLength(7);
    const { total, subjects } = await stations[0]!.gallery.listSubjects(everybody);
    expect(total).toBe(20);
    expect(subjects.reduce((sum, { samples }) => sum + samples, 0)).toBe(33);
    for (const station of stations) await station.close();
  });

  it('takes one model from many stations that bring it at the same moment', async () => {
    const address = await postgres().freshDatabase();
    const servers = Array.from({ length: 6 }, () => connect(readAddress(address)));
    await migrateServer(servers[0]!);
    // Every index that holds a model's name may be the one where they meet.
    for (let round = 0; round < 40; round++) {
      const record = { ...aModel(), id: `model-${round}` };
      await Promise.all(servers.map((server, station) => server.transaction((transaction) =>
        (station % 2 === 0 ? publishModel(transaction, record) : shareModel(transaction, { record, weights: randomBytes(round, 8) })))));
    }
    expect(await listSharedModelIds(servers[0]!)).toHaveLength(40);
    for (const server of servers) await server.close();
  });

  it('comes back after the server was restarted, and says meanwhile that it is away', async () => {
    using home = temporaryHome();
    const address = await postgres().freshDatabase();
    const store = await firstStation(home.path, address);
    await store.gallery.enrol(anEnrolment('Anna', randomBytes(1, 90)));
    await postgres().stop();
    const impatient = connect(readAddress(address), { patienceMs: 100 });
    await expect(impatient.all('SELECT 1')).rejects.toMatchObject({ code: 'storage', message: expect.stringMatching(/^The gallery's server at .* does not answer \(ECONNREFUSED\)\. Start the server/) });
    await impatient.close();
    // Asked while it is away: answered when it is back.
    const asked = [store.gallery.listSubjects(everybody), store.gallery.enrol(anEnrolment('Bob', randomBytes(2, 90)))] as const;
    await sleep(500);
    await postgres().start();
    expect((await asked[0]).total).toBeGreaterThan(0);
    expect(await asked[1]).toMatchObject({ kind: 'enrolled' });
    expect((await store.gallery.listSubjects(everybody)).total).toBe(2);
    await store.close();
  });

  it('is found again by a new data folder that joined it, and by one with keys of its own only where it is named', async () => {
    using one = temporaryHome();
    using two = temporaryHome();
    const address = await postgres().freshDatabase();
    await openStore(one.path).close();
    const first = await firstStation(one.path, address);
    await first.gallery.enrol(anEnrolment('Anna', randomBytes(1, 90)));
    await (await joinStation(one.path, two.path, address)).close();
    await first.close();
    const [named, joined] = [await openChosenStore(one.path, null), await openChosenStore(two.path, null)];
    expect([named.server, joined.server?.address.text]).toEqual([null, address]);
    expect((await joined.gallery.listSubjects(everybody)).subjects).toMatchObject([{ name: 'Anna' }]);
    for (const store of [named, joined]) await store.close();
    const local = await openChosenStore(two.path, 'local');
    expect([local.server, (await local.gallery.listSubjects(everybody)).total]).toEqual([null, 0]);
    await local.close();
  });

  it('says what a user lacks who is not let in: TLS, or a password', async () => {
    const address = (await postgres().freshDatabase()).replace('likeness@', 'lena@');
    const rules = join(postgres().folder, 'data', 'pg_hba.conf');
    writeFileSync(rules, `hostnossl all lena all reject\nhostssl all lena all scram-sha-256\n${readFileSync(rules, 'utf8')}`);
    await query(address.replace('lena@', 'likeness@'), `CREATE ROLE lena LOGIN PASSWORD 'lena pays rent'; SELECT pg_reload_conf()`);
    const refusal = async (at: string): Promise<unknown> => {
      const server = connect(readAddress(at));
      return server.all('SELECT 1').catch((error: unknown) => error).finally(() => server.close());
    };
    await expect.poll(() => refusal(address)).toMatchObject({ code: 'storage', message: expect.stringMatching(/without TLS\. Add \?sslmode=verify-full/) });
    vi.stubEnv('PGPASSWORD', undefined);
    const byTls = `${address}?sslmode=verify-full&sslrootcert=${postgres().certificate!}`;
    expect(await refusal(byTls)).toMatchObject({ code: 'storage', message: expect.stringMatching(/wants a password, and none was given.*PGPASSWORD/) });
    expect(await refusal(byTls.replace('lena@', 'lena:wrong@'))).toMatchObject({ code: 'storage', message: expect.stringMatching(/refused the password.*PGPASSWORD/) });
    expect(await refusal(byTls.replace('lena@', 'lena:lena%20pays%20rent@'))).toEqual([{ '?column?': 1 }]);
  });

  it('is reached by TLS, and not where the certificate is not trusted', async () => {
    expect(postgres().certificate, 'openssl makes the certificate').not.toBeNull();
    using home = temporaryHome();
    const address = `${await postgres().freshDatabase('verify-full')}&sslrootcert=${postgres().certificate!}`;
    const store = await firstStation(home.path, address);
    expect(await store.server!.all('SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()')).toEqual([{ ssl: true }]);
    await store.close();
    using other = temporaryHome();
    const untrusted = await postgres().freshDatabase('verify-full');
    await expect(openSharedStore(other.path, untrusted)).rejects.toMatchObject({ code: 'storage', message: expect.stringMatching(/certificate .* sslrootcert=FILE/) });
  });

  it('says what is wrong with the address', async () => {
    using home = temporaryHome();
    const address = await postgres().freshDatabase();
    await expect(openSharedStore(home.path, address.replace(/gallery_\d+/, 'nowhere'))).rejects.toMatchObject({ code: 'storage', message: expect.stringMatching(/no such database.*createdb/) });
    await expect(openSharedStore(home.path, address.replace('likeness@', 'nobody@'))).rejects.toMatchObject({ code: 'storage', message: expect.stringMatching(/does not let this user in/) });
  });

  it('is made once by stations that come at the same moment, and not touched by an older Likeness', async () => {
    const address = await postgres().freshDatabase();
    const servers: Server[] = Array.from({ length: 4 }, () => connect(readAddress(address)));
    await Promise.all(servers.map((server) => migrateServer(server)));
    expect(await query(address, 'SELECT version FROM likeness.schema')).toEqual([{ version: serverMigrations.length }]);
    // From the first version on, with what it held.
    const older = await postgres().freshDatabase();
    const server = connect(readAddress(older));
    await migrateServer(server, 1);
    await query(older, `INSERT INTO likeness.subjects VALUES ('subject-1', '\\x01', '\\x02', '\\x03', false, 1, 1)`);
    await migrateServer(server);
    expect(await query(older, 'SELECT id, expires_at FROM likeness.subjects')).toEqual([{ id: 'subject-1', expires_at: null }]);
    await server.close();
    await query(address, 'UPDATE likeness.schema SET version = 99');
    await expect(migrateServer(servers[0]!)).rejects.toMatchObject({ code: 'storage', message: expect.stringMatching(/newer Likeness .*version 99/) });
    await Promise.all(servers.map((server) => server.close()));
  });

  it('holds no name, no pixel and no number of a template in the clear, in any file of the server', async () => {
    using home = temporaryHome();
    const address = await postgres().freshDatabase();
    const store = await firstStation(home.path, address);
    const [pixels, vector] = [randomBytes(5, 900), new Float32Array([0.123, -0.456, 0.789, 0.321])];
    await store.gallery.enrol(anEnrolment('Wilhelmine Unverkennbar', pixels, vector));
    await query(address, 'CHECKPOINT');
    const wanted = [Buffer.from('Wilhelmine'), pixels.slice(0, 32), new Uint8Array(vector.buffer)];
    expect(filesContaining(join(postgres().folder, 'data'), wanted)).toEqual([]);
    // The scan would find what is there: the identifier.
    expect(filesContaining(join(postgres().folder, 'data'), [Buffer.from(subjectIdOf('Wilhelmine Unverkennbar'))])).not.toEqual([]);

    // After the deletion neither, in tables, free pages, statistics and log; of the envelopes it is as SECURITY.md says.
    await query(address, 'ANALYZE');
    const [{ key }] = (await query(address, 'SELECT key FROM likeness.subjects')) as [{ key: Uint8Array }];
    await store.gallery.deleteSubject(subjectIdOf('Wilhelmine Unverkennbar'), 1);
    await query(address, 'CHECKPOINT');
    expect(filesContaining(join(postgres().folder, 'data'), wanted)).toEqual([]);
    expect(await query(address, `SELECT 1 FROM pg_stats WHERE schemaname = 'likeness' AND attname IN ('key', 'details', 'name_tag', 'content_tag', 'bytes', 'vector')`)).toEqual([]);
    const envelopes = filesContaining(join(postgres().folder, 'data'), [key]);
    expect(envelopes.filter((file) => !/pg_wal|base/.test(file))).toEqual([]);
    expect(envelopes.some((file) => file.includes('pg_wal'))).toBe(true);
    await store.close();
  });

  it('is refused by a station that holds people of its own', async () => {
    using one = temporaryHome();
    using two = temporaryHome();
    const address = await postgres().freshDatabase();
    const shared = await firstStation(one.path, address);
    const own = openStore(two.path);
    insertModel(own.database, aModel());
    await own.gallery.enrol(anEnrolment('Anna', randomBytes(1, 90)));
    await own.close();
    await expect(openSharedStore(two.path, address)).rejects.toMatchObject({ code: 'conflict', message: expect.stringMatching(/new data folder/) });
    await shared.close();
  });

  it('is moved there and back, byte for byte, and found where it is', async () => {
    using home = temporaryHome();
    const address = await postgres().freshDatabase();
    const store = openStore(home.path);
    insertModel(store.database, aModel());
    await store.gallery.enrolMany(Array.from({ length: 250 }, (_, index) => anEnrolment(`Person ${index % 120}`, randomBytes(index, 300))));
    const before = await contentOf(store);
    const weights = new Uint8Array([1, 2, 3]);
    const there = await moveToServer(store, address, [{ record: aModel(), weights }]);
    expect(there).toMatchObject({ subjects: 120, samples: 250, templates: 250, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect((await store.gallery.listSubjects(everybody)).total).toBe(0);
    await store.close();

    const moved = await openChosenStore(home.path, null);
    expect(moved.server?.address.text).toBe(address);
    expect(await contentOf(moved)).toEqual(before);
    const back = await moveToFolder({ ...moved, server: moved.server! });
    expect(back).toEqual(there);
    expect(await query(address, 'SELECT 1 FROM likeness.subjects')).toEqual([]);
    await moved.close();
    const again = await openChosenStore(home.path, null);
    expect([again.server, await contentOf(again)]).toEqual([null, before]);
    await again.close();
  });

  it('is moved to its end after a crash between both, and never over other people', async () => {
    using home = temporaryHome();
    const address = await postgres().freshDatabase();
    const store = openStore(home.path);
    insertModel(store.database, aModel());
    await store.gallery.enrol(anEnrolment('Anna', randomBytes(1, 300)));
    const copy = join(home.path, 'before');
    await store.database.backup(copy);
    const there = await moveToServer(store, address, []);
    await store.close();
    // The server has committed, and the folder is as it was.
    copyFileSync(copy, join(home.path, 'likeness.sqlite'));
    const crashed = openStore(home.path);
    expect(await moveToServer(crashed, address, [])).toEqual(there);
    await crashed.close();

    using other = temporaryHome();
    const stranger = openStore(other.path);
    insertModel(stranger.database, aModel());
    await stranger.gallery.enrol(anEnrolment('Bob', randomBytes(2, 300)));
    await expect(moveToServer(stranger, address, [])).rejects.toMatchObject({ code: 'conflict', message: expect.stringMatching(/nothing was changed/) });
    expect((await stranger.gallery.listSubjects(everybody)).total).toBe(1);
    expect(existsSync(join(other.path, keyFileName))).toBe(true);
    await stranger.close();
  });
});
