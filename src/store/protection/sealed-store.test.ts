import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { bytesOf } from '../blobs.ts';
import { migrate } from '../migrate.ts';
import { insertModel } from '../models.ts';
import { sql } from '../statement.ts';
import type { Store } from '../store.ts';
import { openStore } from '../store.ts';
import { aModel, anEnrolment, randomBytes, subjectIdOf } from '../test-support/sample-rows.ts';
import { filesContaining, temporaryHome } from '../test-support/temporary-home.ts';

const picture = randomBytes(7, 6000);
const vector = Float32Array.from(randomBytes(8, 128), (byte) => byte / 255);
const text = (words: string): Uint8Array => new TextEncoder().encode(words);
const traces = [text('Ottoline'), text('Farthing'), text('private remark'), picture.slice(0, 16), picture.slice(-16), bytesOf(vector).slice(0, 16), bytesOf(vector).slice(-16)];

async function openWithPerson(home: string): Promise<Store> {
  const store = openStore(home);
  insertModel(store.database, aModel('model-1', 'weights-1', 128));
  const enrolment = anEnrolment('Ottoline Farthing', picture, vector);
  await store.gallery.enrol({ ...enrolment, subject: { ...enrolment.subject, note: 'private remark' } as typeof enrolment.subject });
  return store;
}

/** A data folder as version 4 of the schema left it: names, pictures and templates in the clear. */
function plainHome(home: string): void {
  const database = new SQLite(join(home, 'likeness.sqlite'));
  database.pragma('journal_mode = WAL');
  migrate(database, 4);
  const model = aModel('model-1', 'weights-1', 128);
  insertModel(database, model);
  database.prepare(`INSERT INTO subjects (id, name, note, is_demo, created_at) VALUES ('subject-1', 'Ottoline Farthing', 'private remark', 0, 5)`).run();
  database.prepare(`INSERT INTO samples (id, subject_id, file_name, width, height, sha256, is_demo, created_at, bytes) VALUES ('sample-1', 'subject-1', 'Ottoline.png', 3, 4, 'x', 0, 6, ?)`).run(picture);
  database.prepare(`INSERT INTO templates (sample_id, model_id, weights_hash, size, vector) VALUES ('sample-1', 'model-1', 'weights-1', 128, ?)`).run(bytesOf(vector));
  database.exec(`INSERT INTO jobs (id, desk_id, kind, title, state, done, unit, message, created_at) VALUES ('job-1', 'desk-1', 'enrol-folder', 't', 'done', 1, 'images', '', 1);
    INSERT INTO job_lines (job_id, line, text, about) VALUES ('job-1', 1, 'Ottoline Farthing/2.png: too dark', 'Ottoline Farthing');`);
  database.close();
}

describe('a store', () => {
  it('has nothing of a person in any of its files, while it is open and after', async () => {
    using home = temporaryHome();
    const store = await openWithPerson(home.path);
    store.database.exec(`INSERT INTO jobs (id, desk_id, kind, title, state, done, unit, message, created_at) VALUES ('job-1', 'd', 'enrol-folder', 't', 'done', 1, 'images', '', 1)`);
    store.jobLines.append({ jobId: 'job-1', text: 'Ottoline Farthing/2.png: too dark', about: 'Ottoline Farthing' });
    expect(filesContaining(home.path, traces)).toEqual([]);
    store.close();
    expect(filesContaining(home.path, traces)).toEqual([]);
    const again = openStore(home.path);
    expect(again.jobLines.list('job-1', 5)).toEqual(['Ottoline Farthing/2.png: too dark']);
    expect(await again.gallery.findSubject(subjectIdOf('Ottoline Farthing'), null)).toMatchObject({ name: 'Ottoline Farthing', note: 'private remark' });
    again.close();
  });

  it('keeps its key in a file of its owner alone, and cannot be read without it', async () => {
    using home = temporaryHome();
    (await openWithPerson(home.path)).close();
    const file = join(home.path, 'store.key');
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
    const key = readFileSync(file);
    writeFileSync(file, JSON.stringify({ keys: [Buffer.alloc(32, 1).toString('base64')] }));
    expect(() => openStore(home.path)).toThrow(expect.objectContaining({ code: 'storage', message: expect.stringMatching(/store\.key is missing.*restore one/) }));
    writeFileSync(file, key);
    openStore(home.path).close();
  });

  it('seals what an earlier version kept in the clear, at its first start, and leaves nothing of it', async () => {
    using home = temporaryHome();
    plainHome(home.path);
    expect(filesContaining(home.path, traces)).not.toEqual([]);
    const store = openStore(home.path);
    expect(filesContaining(home.path, traces)).toEqual([]);
    const model = { modelId: 'model-1', weightsHash: 'weights-1', size: 128, protection: '' };
    expect(await store.gallery.findSubject('subject-1', 'model-1')).toEqual({ id: 'subject-1', name: 'Ottoline Farthing', note: 'private remark', samples: 1, templates: 1, portrait: 'sample-1', createdAt: 5 });
    expect((await store.gallery.listSamples('subject-1', 'model-1'))[0]).toMatchObject({ fileName: 'Ottoline.png', width: 3, height: 4, hasTemplate: true });
    expect(new Uint8Array((await store.gallery.readSample('sample-1'))!.bytes)).toEqual(picture);
    expect(await store.gallery.listReferences('subject-1', model)).toEqual([{ sampleId: 'sample-1', vector }]);
    expect(store.jobLines.list('job-1', 5)).toEqual(['Ottoline Farthing/2.png: too dark']);
    for (const table of ['plain_subjects', 'plain_samples', 'plain_templates', 'plain_job_lines']) {
      expect(sql<{ count: number }>(store.database, `SELECT count(*) AS count FROM ${table}`).get()!.count).toBe(0);
    }
    store.close();
    openStore(home.path).close();
  });

  it('refuses a template that was put in the place of another', async () => {
    using home = temporaryHome();
    const store = await openWithPerson(home.path);
    await store.gallery.enrol(anEnrolment('Anna', randomBytes(1, 90), new Float32Array(128)));
    store.database.exec(`UPDATE templates SET vector = (SELECT vector FROM templates ORDER BY sample_id LIMIT 1)`);
    await expect(store.gallery.listTemplatesOf({ modelId: 'model-1', weightsHash: 'weights-1', size: 128, protection: '' }, await store.gallery.listSubjectIds('', 10_000))).rejects.toMatchObject({ code: 'storage' });
    store.close();
  });

  it('opens the templates of a thousand people at once', async () => {
    using home = temporaryHome();
    const store = openStore(home.path);
    insertModel(store.database, aModel('model-1', 'weights-1', 128));
    store.database.exec('BEGIN');
    for (let index = 0; index < 1000; index++) await store.gallery.enrol(anEnrolment(`Person ${index}`, randomBytes(index, 60), vector));
    store.database.exec('COMMIT');
    const templates = await store.gallery.listTemplatesOf({ modelId: 'model-1', weightsHash: 'weights-1', size: 128, protection: '' }, await store.gallery.listSubjectIds('', 10_000));
    expect(templates).toHaveLength(1000);
    expect(templates.every((template) => template.vector.every((value, index) => value === vector[index]))).toBe(true);
    store.close();
  });
});
