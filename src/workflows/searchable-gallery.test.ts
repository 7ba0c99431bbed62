import { describe, expect, it } from 'vitest';
import type { EngineOperation, EnginePort } from '../contract/engine-port.ts';
import { insertModel } from '../store/models.ts';
import type { Store } from '../store/store.ts';
import { openStore } from '../store/store.ts';
import { aModel, anEnrolment, randomBytes, subjectIdOf } from '../store/test-support/sample-rows.ts';
import { temporaryHome } from '../store/test-support/temporary-home.ts';
import { searchableGallery } from './searchable-gallery.ts';
import { transformShelf } from './templates/transform-shelf.ts';
import { fakeOperations } from './test-support/fake-operations.ts';

const model = aModel();
const probe = { vector: new Float32Array([1, 0, 0, 0]), finger: null };

interface Sent {
  base: string | null;
  subjectIds: string[];
  removed: string[];
}

/** The fake engine behind a port that writes down what it was sent. */
function listeningEngine(): { engine: EnginePort; sent: Sent[]; forget: () => void } {
  const sent: Sent[] = [];
  let operations = fakeOperations();
  const call = async (name: EngineOperation, input: unknown): Promise<unknown> => {
    if (name === 'gallery.update') sent.push(input as Sent);
    const work = { signal: new AbortController().signal, report: () => undefined };
    return await (operations as unknown as Record<string, (input: unknown, work: unknown) => Promise<unknown>>)[name]!(input, work);
  };
  return { engine: { call: call as EnginePort['call'] }, sent, forget: () => { operations = fakeOperations(); } };
}

async function galleryOf(path: string, people: string[]): Promise<Store> {
  const store = openStore(path);
  insertModel(store.database, model);
  for (const [seed, name] of people.entries()) await store.gallery.enrol(anEnrolment(name, randomBytes(seed, 90)));
  return store;
}

describe('a searchable gallery', () => {
  it('is loaded once, and then hears only of the people who changed', async () => {
    using home = temporaryHome();
    using store = closing(await galleryOf(home.path, ['Anna', 'Bob', 'Cleo']));
    const { engine, sent } = listeningEngine();
    const searchable = searchableGallery({ engine, store, transforms: transformShelf() });
    expect(await searchable.search(model, probe, 5)).toMatchObject({ searched: 3 });
    await searchable.search(model, probe, 5);
    expect(sent).toMatchObject([{ base: null, removed: [] }]);
    await store.gallery.enrol(anEnrolment('Dora', randomBytes(9, 90)));
    await store.gallery.deleteSubject(subjectIdOf('Bob'), 1);
    const [sample] = await store.gallery.listSamples(subjectIdOf('Cleo'), null);
    await store.gallery.deleteSample(sample!.id);
    const { candidates, searched } = await searchable.search(model, probe, 5);
    expect(candidates.map(({ subjectId }) => subjectId).sort()).toEqual(['Anna', 'Dora'].map(subjectIdOf).sort());
    expect(searched).toBe(2);
    expect(sent).toHaveLength(2);
    expect(sent[1]).toMatchObject({ subjectIds: [subjectIdOf('Dora')] });
    expect([...sent[1]!.removed].sort()).toEqual(['Bob', 'Cleo'].map(subjectIdOf).sort());
  });

  it('forgets the deleted when it is told to, without a search, and loads nothing where nothing is loaded', async () => {
    using home = temporaryHome();
    using store = closing(await galleryOf(home.path, ['Anna', 'Bob']));
    const { engine, sent } = listeningEngine();
    const searchable = searchableGallery({ engine, store, transforms: transformShelf() });
    await searchable.refresh();
    expect(sent).toEqual([]);
    await searchable.search(model, probe, 1);
    await store.gallery.deleteSubject(subjectIdOf('Anna'), 1);
    await searchable.refresh();
    expect(sent.at(-1)).toMatchObject({ subjectIds: [], removed: [subjectIdOf('Anna')] });
    await searchable.unload();
    expect(sent.at(-1)).toMatchObject({ base: null, subjectIds: [], revision: 'unloaded' });
  });

  it('is loaded anew when the engine has forgotten it or holds another model', async () => {
    using home = temporaryHome();
    using store = closing(await galleryOf(home.path, ['Anna']));
    const other = aModel('model-2', 'weights-2', 4);
    insertModel(store.database, other);
    const { engine, sent, forget } = listeningEngine();
    const searchable = searchableGallery({ engine, store, transforms: transformShelf() });
    await searchable.search(model, probe, 1);
    forget();
    expect(await searchable.search(model, probe, 1)).toMatchObject({ searched: 1 });
    expect(await searchable.search(other, probe, 1)).toMatchObject({ candidates: [], searched: 0 });
    expect(await searchable.search(model, probe, 1)).toMatchObject({ searched: 1 });
    expect(sent.map(({ base }) => base)).toEqual([null, null, null, null]);
  });

  it('comes in pieces when it is big, and sees who is enrolled while it is loaded', async () => {
    using home = temporaryHome();
    using store = closing(await galleryOf(home.path, []));
    const people = Array.from({ length: 5000 }, (_, index) => anEnrolment(`Person ${index}`, randomBytes(index, 20)));
    await store.gallery.enrolMany(people);
    const { engine, sent } = listeningEngine();
    const interrupting: EnginePort = {
      call: async (name, input) => {
        const answer = await engine.call(name, input);
        if (sent.length === 1) await store.gallery.enrol(anEnrolment('Latecomer', randomBytes(77_777, 20)));
        return answer;
      },
    };
    expect((await searchableGallery({ engine: interrupting, store, transforms: transformShelf() }).search(model, probe, 1)).searched).toBe(5001);
    expect(sent.map(({ subjectIds }) => subjectIds.length)).toEqual([4096, expect.any(Number), 1]);
  });
});

function closing(store: Store): Store & Disposable {
  return { ...store, [Symbol.dispose]: () => { store.close(); } };
}
