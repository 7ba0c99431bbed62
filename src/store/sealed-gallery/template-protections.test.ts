import { describe, expect, it } from 'vitest';
import { insertModel } from '../models.ts';
import { rekeySharedStore } from '../postgres/rekey-shared.ts';
import { rekeyStore } from '../protection/rekey.ts';
import type { Store } from '../store.ts';
import type { Template } from '../templates.ts';
import { galleryKinds, galleryPlace } from '../test-support/gallery-place.ts';
import { aModel, anEnrolment, randomBytes, subjectIdOf } from '../test-support/sample-rows.ts';
import { filesContaining, temporaryHome } from '../test-support/temporary-home.ts';

const model = { modelId: 'model-1', weightsHash: 'weights-1', size: 4 };
const people = ['Anna', 'Bob', 'Carl'];
const ids = people.map(subjectIdOf);
const other = new Float32Array([0, 0, 0, 1]);

/** Stands for what a transform makes. */
const turned = (template: Template, protection: string): Template => ({ ...template, protection, vector: other });

describe.each(galleryKinds)('template protection in %s', (kind) => {
  const place = galleryPlace(kind);

  async function openFilled(path: string): Promise<Store> {
    const store = await place.open(path);
    insertModel(store.database, aModel());
    for (const [index, name] of people.entries()) await store.gallery.enrol(anEnrolment(name, randomBytes(index, 900)));
    return store;
  }

  it('is none at first, and a change is taken over when nothing is missing, and not before', async () => {
    using home = temporaryHome();
    const { gallery, close } = await openFilled(home.path);
    const { protections } = gallery;
    expect(await protections.read()).toEqual({ current: { id: '', transform: 'none', createdAt: 0 }, next: null });
    const { id } = await protections.plan('bio-hash');
    const old = await protections.listUnstaged('all', ids);
    expect(old).toHaveLength(3);
    await protections.stage(old.slice(1).map((template) => turned(template, id)));
    expect(await protections.listUnstaged('all', ids)).toEqual([old[0]]);
    expect(await protections.adopt({ id, needed: 'all', without: [] })).toEqual({ missing: 1 });
    expect(await gallery.listTemplatesOf({ ...model, protection: '' }, ids)).toHaveLength(3);
    expect(await gallery.listTemplatesOf({ ...model, protection: id }, ids)).toEqual([]);

    await protections.stage([turned(old[0]!, id)]);
    expect(await protections.adopt({ id, needed: 'all', without: [] })).toEqual({ missing: 0 });
    expect(await gallery.listTemplatesOf({ ...model, protection: '' }, ids)).toEqual([]);
    expect((await gallery.listTemplatesOf({ ...model, protection: id }, ids)).map(({ vector }) => [...vector])).toEqual(people.map(() => [...other]));
    expect(await protections.read()).toMatchObject({ current: { id, transform: 'bio-hash' }, next: null });
    expect((await protections.open()).current.key).toHaveLength(32);
    await close();
  });

  it('draws a key for each change, and leaves neither the old key nor the old templates in any file', async () => {
    using home = temporaryHome();
    const { gallery, database, server, close } = await openFilled(home.path);
    const { protections } = gallery;
    const change = async (): Promise<{ id: string; key: Uint8Array }> => {
      const { id } = await protections.plan('bio-hash');
      await protections.stage((await protections.listUnstaged('all', ids)).map((template) => turned(template, id)));
      await protections.adopt({ id, needed: 'all', without: [] });
      return { id, key: (await protections.open()).current.key! };
    };
    const first = await change();
    const envelopes = server === null
      ? database.prepare('SELECT vector AS bytes FROM templates UNION ALL SELECT key FROM template_protections').all()
      : await server.all('SELECT vector AS bytes FROM likeness.templates UNION ALL SELECT key FROM likeness.template_protections');
    const leaked = server === null ? (database.prepare('SELECT vector AS bytes FROM templates LIMIT 1').get() as { bytes: Uint8Array }).bytes : null;
    const second = await change();
    expect(second.id).not.toBe(first.id);
    expect(second.key).not.toEqual(first.key);
    const pieces = (envelopes as { bytes: Uint8Array }[]).map(({ bytes }) => Buffer.from(bytes).subarray(0, 40));
    expect(pieces).toHaveLength(4);
    expect(filesContaining(home.path, [...pieces, Buffer.from(first.key), Buffer.from(second.key)])).toEqual([]);
    if (leaked !== null) {
      // Put back from outside, it is not even opened.
      database.prepare('UPDATE templates SET vector = ?').run(leaked);
      await expect(gallery.listTemplatesOf({ ...model, protection: second.id }, ids)).rejects.toMatchObject({ code: 'storage', message: expect.stringMatching(/belongs to another key/) });
    }
    await close();
  });

  it('refuses what is enrolled or made under another protection than the current one', async () => {
    using home = temporaryHome();
    const { gallery, close } = await openFilled(home.path);
    const { protections } = gallery;
    const { id } = await protections.plan('mlp-hash');
    const [, ...kept] = await protections.listUnstaged('all', ids);
    await protections.stage(kept.map((template) => turned(template, id)));
    await protections.adopt({ id, needed: 'all', without: [(await gallery.listSamples(ids[0]!, null))[0]!.id, (await gallery.listSamples(ids[1]!, null))[0]!.id, (await gallery.listSamples(ids[2]!, null))[0]!.id] });
    expect(await gallery.enrol(anEnrolment('Dora', randomBytes(9, 900)))).toEqual({ kind: 'other-protection' });
    expect(await gallery.findSubjectIdByName('Dora')).toBeUndefined();
    const [lacking, ...others] = await gallery.listSamplesWithoutTemplate({ ...model, protection: id });
    expect(others).toEqual([]);
    await gallery.addTemplate({ ...model, protection: '', sampleId: lacking!, vector: other });
    expect(await gallery.listSamplesWithoutTemplate({ ...model, protection: id })).toEqual([lacking]);
    await expect(protections.stage([{ ...model, protection: id, sampleId: lacking!, vector: other }])).rejects.toMatchObject({ code: 'conflict', message: expect.stringMatching(/cancelled or finished/) });
    await close();
  });

  it('is changed by several processes at once without a mixture: one plan, and one taking over', async () => {
    using home = temporaryHome();
    const first = await openFilled(home.path);
    const second = await place.open(home.path);
    const [one, another] = [await first.gallery.protections.plan('bio-hash'), await second.gallery.protections.plan('mlp-hash')];
    expect(another).toEqual(one);
    // Enrolled meanwhile, as before.
    await second.gallery.enrol(anEnrolment('Dora', randomBytes(9, 900)));
    const everybody = [...ids, subjectIdOf('Dora')];
    const old = await first.gallery.protections.listUnstaged('all', everybody);
    await Promise.all([first, second].map(({ gallery }) => gallery.protections.stage(old.map((template) => turned(template, one.id)))));
    expect(await first.gallery.protections.adopt({ id: one.id, needed: 'all', without: [] })).toEqual({ missing: 0 });
    expect(await second.gallery.protections.adopt({ id: one.id, needed: 'all', without: [] })).toBeNull();
    expect(await second.gallery.listTemplatesOf({ ...model, protection: one.id }, everybody)).toHaveLength(4);
    await first.close();
    await second.close();
  });

  it('leaves everything as it was when a change is dropped, and a deleted person is gone from a change too', async () => {
    using home = temporaryHome();
    const { gallery, close } = await openFilled(home.path);
    const { protections } = gallery;
    const { id } = await protections.plan('bio-hash');
    await protections.stage((await protections.listUnstaged('all', ids)).map((template) => turned(template, id)));
    expect(await gallery.deleteSubject(ids[0]!, 1)).toMatchObject({ rowsLeft: 0, filesLeft: 0 });
    await protections.drop();
    expect((await protections.read()).next).toBeNull();
    expect(await gallery.listTemplatesOf({ ...model, protection: '' }, ids)).toHaveLength(2);
    await close();
  });

  it('takes its key along when the store gets new keys, and makes a change again that was under way', async () => {
    using home = temporaryHome();
    const store = await openFilled(home.path);
    const { protections } = store.gallery;
    const first = await protections.plan('bio-hash');
    await protections.stage((await protections.listUnstaged('all', ids)).map((template) => turned(template, first.id)));
    await protections.adopt({ id: first.id, needed: 'all', without: [] });
    const second = await protections.plan('bio-hash');
    await protections.stage((await protections.listUnstaged('all', ids)).map((template) => turned(template, second.id)));
    const before = await protections.open();
    const wanted = { passphrase: null, usesSystem: false };
    await (store.server === null ? rekeyStore(store.database, store.vault, wanted) : rekeySharedStore(store, store.server, wanted));
    expect(await protections.open()).toEqual(before);
    expect(await protections.listUnstaged('all', ids)).toHaveLength(3);
    expect(await store.gallery.listTemplatesOf({ ...model, protection: first.id }, ids)).toHaveLength(3);
    await store.close();
  });
});
