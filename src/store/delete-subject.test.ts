import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emptyWriteAheadLog } from './checkpoint.ts';
import { saveJob } from './jobs.ts';
import { insertModel } from './models.ts';
import { openDatabase } from './open-database.ts';
import type { Store } from './store.ts';
import { openStore } from './store.ts';
import { galleryKinds, galleryPlace } from './test-support/gallery-place.ts';
import { aJob, aModel, anEnrolment, randomBytes, subjectIdOf } from './test-support/sample-rows.ts';
import { filesContaining, temporaryHome } from './test-support/temporary-home.ts';

interface KnownPerson {
  name: string;
  /** Name, parts of the pictures and of the templates, content hashes: none may be found after the deletion. */
  traces: Uint8Array[];
}

async function enrolPerson(store: Store, name: string, seed: number): Promise<KnownPerson> {
  const traces = [new TextEncoder().encode(name)];
  for (let picture = 0; picture < 3; picture++) {
    const bytes = randomBytes(seed * 10 + picture, 500 + 4000 * picture);
    const vector = Float32Array.from(randomBytes(seed * 10 + picture + 7, 128), (byte) => byte / 255);
    const enrolment = anEnrolment(name, bytes, vector);
    expect(await store.gallery.enrol(enrolment)).toMatchObject({ kind: 'enrolled' });
    traces.push(bytes.slice(0, 20), bytes.slice(-20), new Uint8Array(vector.buffer, 0, 20), new Uint8Array(vector.buffer, 480, 20));
    traces.push(new TextEncoder().encode(enrolment.sample.sha256));
  }
  return { name, traces };
}

function withModel(store: Store): Store {
  insertModel(store.database, aModel('model-1', 'weights-1', 128));
  return store;
}

describe.each(galleryKinds)('deleting a person in %s', (kind) => {
  const place = galleryPlace(kind);
  const openWithModel = async (path: string): Promise<Store> => withModel(await place.open(path));

  it('leaves neither name, picture nor template in any file of the data folder', async () => {
    using home = temporaryHome();
    const store = await openWithModel(home.path);
    saveJob(store.database, aJob('job-1'));
    const people: KnownPerson[] = [];
    for (let index = 0; index < 40; index++) people.push(await enrolPerson(store, `Zebediah Quick ${index}`, index));
    for (const person of people.filter((_, index) => index % 3 === 0)) {
      store.jobLines.append({ jobId: 'job-1', text: `${person.name}/4.png: too dark`, about: person.name });
      const receipt = await store.gallery.deleteSubject(subjectIdOf(person.name), 5);
      expect(receipt).toMatchObject({ subjectId: subjectIdOf(person.name), deletedAt: 5, samples: 3, templates: 3, rowsLeft: 0, filesLeft: 0 });
      expect(receipt.filesScanned).toBeGreaterThan(2);
      // A number follows each name: "Zebediah Quick 3" is also the beginning of "Zebediah Quick 30".
      expect(filesContaining(home.path, person.traces.slice(1))).toEqual([]);
    }
    if (kind === 'PostgreSQL') expect(filesContaining(place.server().folder, people.flatMap(({ traces }) => traces))).toEqual([]);
    await store.close();
  });

  it('keeps a receipt that does not say who it was', async () => {
    using home = temporaryHome();
    const store = await openWithModel(home.path);
    await enrolPerson(store, 'Ottoline Farthing', 1);
    await store.gallery.deleteSubject(subjectIdOf('Ottoline Farthing'), 5);
    expect(store.receipts.verify()).toMatchObject([{ receipt: { subjectId: subjectIdOf('Ottoline Farthing'), deletedAt: 5, samples: 3, templates: 3, rowsLeft: 0 }, isGenuine: true }]);
    expect(JSON.stringify(store.receipts.list())).not.toMatch(/Ottoline|Farthing/);
    await expect(store.gallery.deleteSubject(subjectIdOf('Ottoline Farthing'), 6)).rejects.toMatchObject({ code: 'not-found' });
    await store.close();
  });

  it('says in the receipt when a file of the data folder still holds a picture, though not one of ours', async () => {
    using home = temporaryHome();
    const store = await openWithModel(home.path);
    const bytes = randomBytes(5, 9000);
    await store.gallery.enrol(anEnrolment('Ottoline Farthing', bytes, new Float32Array(128)));
    writeFileSync(join(home.path, 'copy.png'), bytes);
    expect(await store.gallery.deleteSubject(subjectIdOf('Ottoline Farthing'), 5)).toMatchObject({ rowsLeft: 0, filesLeft: 1, remains: [{ file: 'copy.png', holds: ['pieces'] }] });
    await store.close();
  });

  it('names where the name and the reference stand in clear: exports, logs, lists of datasets, whatever anybody put there', async () => {
    using home = temporaryHome();
    const store = await openWithModel(home.path);
    const name = 'Zoë Farthing';
    const subjectId = subjectIdOf(name);
    await store.gallery.enrol(anEnrolment(name, randomBytes(5, 900), new Float32Array(128)));
    mkdirSync(join(home.path, 'exports', 'person-1'), { recursive: true });
    mkdirSync(join(home.path, 'logs'));
    writeFileSync(join(home.path, 'exports', 'person-1', 'person.json'), JSON.stringify({ id: subjectId, name }));
    writeFileSync(join(home.path, 'logs', 'likeness.log'), `Enrolled ${name.normalize('NFD')}.`);
    writeFileSync(join(home.path, `${name}.txt`), 'nothing');
    store.database.exec(`INSERT INTO runs (id, name, dataset_name, recipe, state, created_at) VALUES ('run-0', 'Faces', 'Pictures of ${name.normalize('NFD')}', '{}', 'done', 1)`);
    store.database.exec(`INSERT INTO runs (id, name, dataset_name, recipe, state, created_at) VALUES ('run-1', 'Faces', 'Pictures of ${name}', '{}', 'done', 1)`);
    emptyWriteAheadLog(store.database);
    const receipt = await store.gallery.deleteSubject(subjectId, 5);
    expect(receipt.remains).toEqual([
      { file: 'exports/person-1/person.json', holds: ['name', 'reference'] }, { file: 'likeness.sqlite', holds: ['name'] }, { file: 'logs/likeness.log', holds: ['name'] }, { file: `${name}.txt`, holds: ['name'] },
    ]);
    const [kept] = store.receipts.verify();
    expect(kept).toMatchObject({ isGenuine: true, receipt: { rowsLeft: 0, filesLeft: 0, scan: { tables: [{ table: 'runs', rows: 2 }] } } });
    expect(kept!.receipt.scan!.places).toEqual(expect.arrayContaining([
      { place: 'exports', files: 1, withPieces: 0, withName: 1, withReference: 1 }, { place: 'likeness.sqlite', files: 1, withPieces: 0, withName: 1, withReference: 0 },
      { place: 'logs', files: 1, withPieces: 0, withName: 1, withReference: 0 }, { place: 'other', files: 1, withPieces: 0, withName: 1, withReference: 0 },
    ]));
    expect(JSON.stringify(store.receipts.list())).not.toMatch(/Farthing/);
    await store.close();
  });
});

describe('the files of SQLite', () => {
  it('hold no trace of a person who was renamed, whose name was in a log, and whom another process had read', async () => {
    using home = temporaryHome();
    const store = withModel(openStore(home.path));
    const other = openDatabase(join(home.path, 'likeness.sqlite'));
    const person = await enrolPerson(store, 'Ottoline Farthing', 99);
    saveJob(store.database, aJob('job-1'));
    store.jobLines.append({ jobId: 'job-1', text: 'Ottoline Farthing/4.png: too dark', about: 'Ottoline Farthing' });
    await store.gallery.renameSubject(subjectIdOf(person.name), 'Ottoline Penny');
    expect(other.prepare('SELECT id FROM subjects').all()).toHaveLength(1);
    await store.gallery.deleteSubject(subjectIdOf(person.name), 5);
    const names = ['Ottoline Farthing', 'Ottoline Penny'].map((name) => new TextEncoder().encode(name));
    expect(filesContaining(home.path, [...person.traces, ...names])).toEqual([]);
    other.close();
    await store.close();
  });

  it('lose a single sample as completely', async () => {
    using home = temporaryHome();
    const store = withModel(openStore(home.path));
    const person = await enrolPerson(store, 'Ottoline Farthing', 3);
    const [sample] = await store.gallery.listSamples(subjectIdOf(person.name), null);
    const envelope = (store.database.prepare('SELECT bytes FROM samples WHERE id = ?').get(sample!.id) as { bytes: Uint8Array }).bytes.slice(20, 60);
    expect(filesContaining(home.path, [envelope])).not.toEqual([]);
    expect(await store.gallery.deleteSample(sample!.id)).toBe(true);
    expect(filesContaining(home.path, [envelope])).toEqual([]);
    expect(await store.gallery.deleteSample(sample!.id)).toBe(false);
    await store.close();
  });
});
