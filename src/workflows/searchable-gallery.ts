import { RequestError } from '../contract/request-error.ts';
import type { GalleryTransform } from '../contract/requests/cancelable.ts';
import type { ModelRecord } from '../store/models.ts';
import type { LoadedGallery } from './load-gallery.ts';
import { loadGallery, nameOf, takeOverChanges } from './load-gallery.ts';
import { isEngineLoss } from './survive-one-loss.ts';
import type { ProtectionInUse } from './templates/protection-in-use.ts';
import { protectionInUse } from './templates/protection-in-use.ts';
import { protectionChanging } from './templates/score-references.ts';
import type { Workbench } from './workbench.ts';

export interface FoundSubject {
  subjectId: string;
  score: number;
}

export interface SearchableGallery {
  /**
   * The best candidates of all people with a template of the model, and how many people those are. The probe is as the model gives it, and is
   * compared under the gallery's protection; the scores are scores of its transform.
   */
  search(model: ModelRecord, probe: Float32Array, limit: number): Promise<{ candidates: FoundSubject[]; searched: number; transform: GalleryTransform }>;
  /** Takes over what has changed, so that nothing that was deleted stays in the engine's memory; loads nothing anew. */
  refresh(): Promise<void>;
  /** Takes the gallery out of the engine's memory, which is overwritten. */
  unload(): Promise<void>;
}

/** Changes may race with the search; so many times they are taken over before it. */
const attempts = 5;
/**
 * The gallery in the engine's memory: a row for each person, the mean of the unit templates, so that a dot product with
 * the probe is the mean of the cosines over the references (docs/decisions/0003-mean-over-references.md). The store counts
 * every change by any process and knows whose it was: before each search the changed people are read again, and only they.
 */
export function searchableGallery(workbench: Pick<Workbench, 'engine' | 'store' | 'transforms'>): SearchableGallery {
  const { engine, store: { gallery } } = workbench;
  const sides = { engine, gallery };
  let loaded: LoadedGallery | null = null;
  let last: Promise<unknown> = Promise.resolve();

  /** One after the other: what the engine holds changes step by step. */
  function inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const turn = last.then(work, work);
    last = turn;
    return turn;
  }

  async function newest(model: ModelRecord, protection: ProtectionInUse): Promise<LoadedGallery> {
    const held = loaded !== null && loaded.protection === protection.id && isSame(loaded.model, model) ? loaded : null;
    // Should it fail half way, what the engine holds is not known.
    loaded = null;
    loaded = (held && (await takeOverChanges(sides, held))) ?? (await takeOverChanges(sides, await loadGallery(sides, { model, protection: protection.id })));
    if (loaded === null) throw new RequestError('conflict', 'The gallery was taken out of memory while it was loaded. Try again.');
    return loaded;
  }

  async function search(model: ModelRecord, probe: Float32Array, limit: number): ReturnType<SearchableGallery['search']> {
    let isChanging = false;
    for (let attempt = 0; attempt < attempts; attempt++) {
      const protection = await protectionInUse(workbench);
      const held = await newest(model, protection);
      const found = await engine.call('gallery.search', { revision: nameOf(held), probe: protection.protect(probe), limit });
      isChanging = (await gallery.protections.read()).current.id !== protection.id;
      if (!found.stale && !isChanging) return { candidates: found.candidates, searched: held.rows, transform: protection.transform };
      loaded = null;
    }
    if (isChanging) throw protectionChanging();
    throw new RequestError('conflict', 'The engine forgot the gallery each time it was loaded. Restart Likeness and try again.');
  }

  async function unload(): Promise<void> {
    loaded = null;
    await survivingLoss(() => engine.call('gallery.update', { base: null, revision: 'unloaded', size: 1, subjectIds: [], vectors: new Float32Array(0), removed: [] }));
  }

  async function refresh(): Promise<void> {
    const held = loaded;
    if (held === null) return;
    loaded = null;
    await survivingLoss(async () => { loaded = await takeOverChanges(sides, held); });
    // It holds something that nobody knows: better nothing.
    if (loaded === null) await unload();
  }

  return {
    search: (model, probe, limit) => inTurn(() => search(model, probe, limit)),
    refresh: () => inTurn(refresh),
    unload: () => inTurn(unload),
  };
}

/** An engine that has ended has forgotten everything anyway. */
async function survivingLoss(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!isEngineLoss(error)) throw error;
  }
}

const isSame = (one: ModelRecord, other: ModelRecord): boolean => one.id === other.id && one.weightsHash === other.weightsHash;
