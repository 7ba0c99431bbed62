import { describe, expect, it } from 'vitest';
import { insertModel, removeModel } from './models.ts';
import type { Store } from './store.ts';
import { galleryKinds, galleryPlace } from './test-support/gallery-place.ts';
import { aModel, anEnrolment, randomBytes, subjectIdOf } from './test-support/sample-rows.ts';
import { temporaryHome } from './test-support/temporary-home.ts';

const model = { modelId: 'model-1', weightsHash: 'weights-1', size: 4, protection: '' };

describe.each(galleryKinds)('the gallery in %s', (kind) => {
  const place = galleryPlace(kind);

  async function openWithModels(path: string): Promise<Store> {
    const store = await place.open(path);
    insertModel(store.database, aModel());
    insertModel(store.database, aModel('model-2', 'weights-2', 4));
    return store;
  }
  it('keeps person, picture and template together, and gives each back as it was', async () => {
    using home = temporaryHome();
    const store = await openWithModels(home.path);
    const bytes = randomBytes(1, 900);
    const vector = new Float32Array([0.5, -0.5, 0.5, 0.5]);
    const outcome = await store.gallery.enrol(anEnrolment('Anna', bytes, vector));
    expect(outcome).toEqual({ kind: 'enrolled', subjectId: subjectIdOf('Anna') });
    const [sample] = await store.gallery.listSamples(subjectIdOf('Anna'), 'model-1');
    expect(sample).toMatchObject({ fileName: 'Anna.png', width: 2, height: 2, hasTemplate: true });
    expect(new Uint8Array((await store.gallery.readSample(sample!.id))!.bytes)).toEqual(bytes);
    expect(await store.gallery.listReferences(subjectIdOf('Anna'), model)).toEqual([{ sampleId: sample!.id, vector }]);
    await store.close();
  });

  it('knows which finger a sample shows, where that was said', async () => {
    using home = temporaryHome();
    const store = await openWithModels(home.path);
    const [ring, unknown] = [anEnrolment('Anna', randomBytes(1, 90)), anEnrolment('Anna', randomBytes(2, 90))];
    await store.gallery.enrolMany([{ ...ring, sample: { ...ring.sample, finger: 'left ring' } }, unknown]);
    const samples = await store.gallery.listSamples(subjectIdOf('Anna'), null);
    expect(samples.map(({ finger }) => finger)).toEqual(['left ring', null]);
    expect([...(await store.gallery.listFingersOf([subjectIdOf('Anna'), subjectIdOf('Bob')]))]).toEqual([[ring.sample.id, 'left ring']]);
    await store.close();
  });

  it('keeps the quality of a sample that was not judged before, and only then', async () => {
    using home = temporaryHome();
    const store = await openWithModels(home.path);
    const enrolment = anEnrolment('Anna', randomBytes(1, 90));
    await store.gallery.enrol({ ...enrolment, sample: { ...enrolment.sample, finger: 'left ring' } });
    const { id } = enrolment.sample;
    await store.gallery.noteQuality(id, { score: 40, reasons: ['blurred'], components: { sharpness: 40 } });
    await store.gallery.noteQuality(id, { score: 90, reasons: [], components: {} });
    await store.gallery.noteQuality('sample-gone', { score: 90, reasons: [], components: {} });
    const [sample] = await store.gallery.listSamples(subjectIdOf('Anna'), null);
    expect(sample).toMatchObject({ fileName: 'Anna.png', finger: 'left ring', quality: { score: 40, reasons: ['blurred'] } });
    await store.close();
  });

  it('never gives a template to another model, nor to other weights of the same model', async () => {
    using home = temporaryHome();
    const store = await openWithModels(home.path);
    await store.gallery.enrol(anEnrolment('Anna', randomBytes(1, 90)));
    for (const other of [{ ...model, modelId: 'model-2', weightsHash: 'weights-2' }, { ...model, weightsHash: 'weights-9' }, { ...model, size: 8 }]) {
      expect(await store.gallery.listReferences(subjectIdOf('Anna'), other)).toEqual([]);
      expect(await store.gallery.listTemplatesOf(other, [subjectIdOf('Anna')])).toEqual([]);
    }
    expect(await store.gallery.findSubject(subjectIdOf('Anna'), 'model-2')).toMatchObject({ samples: 1, templates: 0 });
    await store.close();
  });

  it('refuses a template whose weights or length are not those of its model, and keeps nothing of the enrolment', async () => {
    using home = temporaryHome();
    const store = await openWithModels(home.path);
    const enrolment = anEnrolment('Anna', randomBytes(1, 90));
    for (const template of [
      { ...enrolment.template, weightsHash: 'weights-2' },
      { ...enrolment.template, modelId: 'model-9' },
      { ...enrolment.template, vector: new Float32Array(3) },
      { ...enrolment.template, size: 3, vector: new Float32Array(3) },
    ]) {
      await expect(store.gallery.enrol({ ...enrolment, template })).rejects.toThrow(/constraint/i);
    }
    expect(await store.gallery.listSubjects({ search: '', offset: 0, limit: 10, modelId: null })).toEqual({ total: 0, subjects: [] });
    await store.close();
  });

  it('adds to the person of the same name, and refuses a picture that somebody has', async () => {
    using home = temporaryHome();
    const store = await openWithModels(home.path);
    await store.gallery.enrol(anEnrolment('Anna', randomBytes(1, 90)));
    const second = anEnrolment('Anna', randomBytes(2, 90));
    expect(await store.gallery.enrol({ ...second, subject: { ...second.subject, id: 'subject-other' } })).toEqual({ kind: 'enrolled', subjectId: subjectIdOf('Anna') });
    expect(await store.gallery.enrol(anEnrolment('Bob', randomBytes(1, 90)))).toEqual({ kind: 'known-picture', subjectId: subjectIdOf('Anna'), name: 'Anna' });
    expect((await store.gallery.listSubjects({ search: '', offset: 0, limit: 10, modelId: 'model-1' })).subjects).toMatchObject([{ name: 'Anna', samples: 2, templates: 2 }]);
    await expect(store.gallery.enrol({ ...anEnrolment('x', randomBytes(3, 90)), subject: { id: 'subject-gone' } })).rejects.toMatchObject({ code: 'not-found' });
    await store.close();
  });

  it('finds names whatever their case and accents, a page at a time', async () => {
    using home = temporaryHome();
    const store = await openWithModels(home.path);
    for (const [index, name] of ['Zoë Brontë', 'anna', 'Ángel', 'Bob'].entries()) await store.gallery.enrol(anEnrolment(name, randomBytes(index, 90)));
    const names = async (search: string, offset = 0, limit = 10): Promise<string[]> =>
      (await store.gallery.listSubjects({ search, offset, limit, modelId: null })).subjects.map(({ name }) => name);
    expect(await names('bronte')).toEqual(['Zoë Brontë']);
    expect(await names('AN')).toEqual(['anna', 'Ángel']);
    expect(await names('', 1, 2)).toEqual(['Bob', 'Zoë Brontë']);
    expect((await store.gallery.listSubjects({ search: 'an', offset: 0, limit: 1, modelId: null })).total).toBe(2);
    await store.close();
  });

  it('counts a revision for every enrolment, template and deletion, whichever process makes it', async () => {
    using home = temporaryHome();
    const store = await openWithModels(home.path);
    const other = await place.open(home.path);
    const revisions = [await store.gallery.revision()];
    const step = async (change: Promise<unknown>): Promise<void> => {
      await change;
      revisions.push(await store.gallery.revision());
    };
    const enrolment = anEnrolment('Anna', randomBytes(1, 90));
    await step(store.gallery.enrol(enrolment));
    await step(other.gallery.enrol(anEnrolment('Bob', randomBytes(2, 90))));
    await step(other.gallery.addTemplate({ ...enrolment.template, sampleId: enrolment.sample.id, modelId: 'model-2', weightsHash: 'weights-2' }));
    await step(store.gallery.deleteSample(enrolment.sample.id));
    await step(other.gallery.deleteSubject(subjectIdOf('Bob'), 1));
    expect(revisions).toEqual([...new Set(revisions)].sort((one, next) => one - next));
    await store.close();
    await other.close();
  });

  it('loses the templates of a model with the model, and lists the samples that lack one', async () => {
    using home = temporaryHome();
    const store = await openWithModels(home.path);
    const enrolment = anEnrolment('Anna', randomBytes(1, 90));
    await store.gallery.enrol(enrolment);
    expect(await store.gallery.listSamplesWithoutTemplate(model)).toEqual([]);
    const second = { modelId: 'model-2', weightsHash: 'weights-2', size: 4, protection: '' };
    expect(await store.gallery.listSamplesWithoutTemplate(second)).toEqual([enrolment.sample.id]);
    await store.gallery.addTemplate({ ...second, sampleId: enrolment.sample.id, vector: new Float32Array(4) });
    expect(await store.gallery.countTemplates('model-2')).toBe(1);
    await store.gallery.forgetModel('model-2');
    removeModel(store.database, 'model-2');
    expect(await store.gallery.countTemplates('model-2')).toBe(0);
    // A template that was being computed meanwhile is dropped without a word.
    await store.gallery.addTemplate({ ...second, sampleId: enrolment.sample.id, vector: new Float32Array(4) });
    expect(await store.gallery.countTemplates('model-2')).toBe(0);
    await store.close();
  });

  it('takes back the demo and leaves the pictures that the user added', async () => {
    using home = temporaryHome();
    const store = await openWithModels(home.path);
    const demo = (name: string, seed: number) => {
      const { subject, sample, template } = anEnrolment(name, randomBytes(seed, 90));
      return { subject: { ...subject, isDemo: true }, sample: { ...sample, isDemo: true }, template };
    };
    await store.gallery.enrol(demo('Person 1', 1));
    await store.gallery.enrol(demo('Person 2', 2));
    await store.gallery.enrol(anEnrolment('Person 2', randomBytes(3, 90)));
    await store.gallery.enrol(anEnrolment('Anna', randomBytes(4, 90)));
    await store.gallery.deleteDemo(9);
    const { subjects } = await store.gallery.listSubjects({ search: '', offset: 0, limit: 10, modelId: null });
    expect(subjects.map(({ name, samples }) => [name, samples])).toEqual([['Anna', 1], ['Person 2', 1]]);
    await store.gallery.deleteDemo(9);
    expect((await store.gallery.listSubjects({ search: '', offset: 0, limit: 10, modelId: null })).total).toBe(2);
    await store.close();
  });

  it('keeps a new name and a consent that two windows or stations write at once', async () => {
    using home = temporaryHome();
    const [one, other] = [await openWithModels(home.path), await place.open(home.path)];
    await one.gallery.enrol(anEnrolment('Anna', randomBytes(1, 90)));
    const id = subjectIdOf('Anna');
    for (let turn = 0; turn < 5; turn++) {
      const consent = { textVersion: turn + 1, text: 'I agree.', scope: 'tests', givenAt: 1, expiresAt: null };
      await Promise.all([one.gallery.renameSubject(id, `Anna ${turn}`), other.gallery.changeConsent(id, turn, () => ({ consent, expiresAt: 2 ** 42 + turn }))]);
      expect(await one.gallery.findSubject(id, null)).toMatchObject({ name: `Anna ${turn}` });
      const held = await one.gallery.readConsent(id);
      expect(held).toMatchObject({ consent, expiresAt: 2 ** 42 + turn });
      expect(held.formerly.map(({ expiresAt, replacedAt }) => [expiresAt! - 2 ** 42, replacedAt])).toEqual(Array.from({ length: turn }, (_, index) => [index, index + 1]));
    }
    await one.close();
    await other.close();
  });

  it('lets go whose time is over, without any key', async () => {
    using home = temporaryHome();
    const store = await openWithModels(home.path);
    for (const [index, name] of ['Anna', 'Bob'].entries()) await store.gallery.enrol(anEnrolment(name, randomBytes(index, 90)));
    await store.gallery.changeConsent(subjectIdOf('Bob'), 1, () => ({ consent: null, expiresAt: 50 }));
    store.lock();
    expect([await store.gallery.listExpired(49), await store.gallery.listExpired(50)]).toEqual([[], [subjectIdOf('Bob')]]);
    expect(await store.gallery.shredSubject(subjectIdOf('Bob'), 51)).toEqual({ subjectId: subjectIdOf('Bob'), deletedAt: 51, samples: 1, templates: 1, rowsLeft: 0 });
    expect(await store.gallery.shredSubject(subjectIdOf('Bob'), 51)).toBeNull();
    expect(await store.gallery.count()).toEqual({ subjects: 1, samples: 1 });
    await store.close();
  });

  it('renames nobody to a name that is taken', async () => {
    using home = temporaryHome();
    const store = await openWithModels(home.path);
    await store.gallery.enrol(anEnrolment('Anna', randomBytes(1, 90)));
    await store.gallery.enrol(anEnrolment('Bob', randomBytes(2, 90)));
    await expect(store.gallery.renameSubject(subjectIdOf('Bob'), 'Anna')).rejects.toMatchObject({ code: 'conflict' });
    await store.gallery.renameSubject(subjectIdOf('Bob'), 'Bob');
    await store.gallery.renameSubject(subjectIdOf('Bob'), 'Bert');
    expect(await store.gallery.findSubjectIdByName('Bert')).toBe(subjectIdOf('Bob'));
    await store.close();
  });
});
