import { RequestError } from '../contract/request-error.ts';
import type { GalleryTransform } from '../contract/requests/cancelable.ts';
import type { FingerPosition } from '../contract/vocabulary.ts';
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

/** A template as the model gives it, and which finger it is of, where that is known. */
export interface SearchProbe {
  vector: Float32Array;
  finger: FingerPosition | null;
}

export interface SearchableGallery {
  /**
   * The best candidates of all people with a template of the model that may be of the probe's finger, and how many people those are. The probe
   * is compared under the gallery's protection; the scores are scores of its transform.
   */
  search(model: ModelRecord, probe: SearchProbe, limit: number): Promise<{ candidates: FoundSubject[]; searched: number; transform: GalleryTransform }>;
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
 * A probe of a known finger has a gallery of its own, whose means leave out references that are known to be of other fingers.
 */
export function searchableGallery(workbench: Pick<Workbench, 'engine' | 'store' | 'transforms'>): SearchableGallery {
  const { engine, store: { gallery } } = workbench;
  const sides = { engine, gallery };
  const galleries = new Map<FingerPosition | null, LoadedGallery | null>();
  let last: Promise<unknown> = Promise.resolve();

  /** One after the other: what the engine holds changes step by step. */
  function inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const turn = last.then(work, work);
    last = turn;
    return turn;
  }

  async function newest(model: ModelRecord, protection: ProtectionInUse, finger: FingerPosition | null): Promise<LoadedGallery> {
    const last = galleries.get(finger) ?? null;
    const held = last !== null && last.protection === protection.id && isSame(last.model, model) ? last : null;
    // Should it fail half way, what the engine holds is not known.
    galleries.set(finger, null);
    const loaded = (held && (await takeOverChanges(sides, held))) ?? (await takeOverChanges(sides, await loadGallery(sides, { model, protection: protection.id, finger })));
    galleries.set(finger, loaded);
    if (loaded === null) throw new RequestError('conflict', 'The gallery was taken out of memory while it was loaded. Try again.');
    return loaded;
  }

  async function search(model: ModelRecord, { vector, finger }: SearchProbe, limit: number): ReturnType<SearchableGallery['search']> {
    let isChanging = false;
    for (let attempt = 0; attempt < attempts; attempt++) {
      const protection = await protectionInUse(workbench);
      const held = await newest(model, protection, finger);
      const found = await engine.call('gallery.search', { finger, revision: nameOf(held), probe: protection.protect(vector), limit });
      isChanging = (await gallery.protections.read()).current.id !== protection.id;
      if (!found.stale && !isChanging) return { candidates: found.candidates, searched: held.rows, transform: protection.transform };
      galleries.set(finger, null);
    }
    if (isChanging) throw protectionChanging();
    throw new RequestError('conflict', 'The engine forgot the gallery each time it was loaded. Restart Likeness and try again.');
  }

  async function unload(finger: FingerPosition | null): Promise<void> {
    galleries.set(finger, null);
    await survivingLoss(() => engine.call('gallery.update', { finger, base: null, revision: 'unloaded', size: 1, subjectIds: [], vectors: new Float32Array(0), removed: [] }));
  }

  /** Also what may have been left half changed, and what was never searched at all. */
  async function unloadAll(): Promise<void> {
    for (const finger of new Set([null, ...galleries.keys()])) await unload(finger);
  }

  async function refresh(): Promise<void> {
    for (const [finger, held] of galleries) {
      if (held === null) continue;
      galleries.set(finger, null);
      await survivingLoss(async () => { galleries.set(finger, await takeOverChanges(sides, held)); });
      // It holds something that nobody knows: better nothing.
      if (galleries.get(finger) === null) await unload(finger);
    }
  }

  return {
    search: (model, probe, limit) => inTurn(() => search(model, probe, limit)),
    refresh: () => inTurn(refresh),
    unload: () => inTurn(unloadAll),
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
