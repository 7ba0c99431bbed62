import type { GalleryTransform } from '../../contract/requests/cancelable.ts';
import type { Store } from '../store.ts';
import { vectorUnder } from './sample-rows.ts';

/** So many people at a time. */
const peopleAtOnce = 8;

/** Plans a change of the gallery's protection and makes everybody's template under it, beside the old ones. Returns its identifier. */
export async function stageUnder({ gallery: { protections, listSubjectIds } }: Store, transform: GalleryTransform): Promise<string> {
  const { id } = await protections.plan(transform);
  for (let after = ''; ;) {
    const ids = await listSubjectIds(after, peopleAtOnce);
    if (ids.length === 0) return id;
    const old = await protections.listUnstaged('all', ids);
    await protections.stage(old.map((template) => ({ ...template, protection: id, vector: vectorUnder(id) })));
    after = ids.at(-1)!;
  }
}

/** The same, taken over. */
export async function putUnder(store: Store, transform: GalleryTransform): Promise<string> {
  const id = await stageUnder(store, transform);
  await store.gallery.protections.adopt({ id, needed: 'all', without: [] });
  return id;
}
