import { readSetting, removeSetting, writeSetting } from '../store/settings.ts';
import type { Shredded } from '../store/gallery.ts';
import type { SearchableGallery } from './searchable-gallery.ts';
import type { Workbench } from './workbench.ts';
import { announce } from './workbench.ts';

const everyMs = 60 * 60_000;
const shreddedKey = 'shredded-while-locked';

/**
 * Deletes everybody whose time is over. A locked store needs no passphrase for it: rows and keys go at once, and receipt and audit
 * line, which need the store's keys, are written when it is unlocked next (`tellShredded`).
 */
export async function deleteExpired(workbench: Workbench, searchable: SearchableGallery): Promise<number> {
  const { gallery, vault, audit, database } = workbench.store;
  const now = Date.now();
  const expired = await gallery.listExpired(now);
  for (const id of expired) {
    if (vault.keysIfUnlocked() === null) {
      const shredded = await gallery.shredSubject(id, now);
      if (shredded !== null) writeSetting(database, shreddedKey, [...readShredded(workbench), shredded]);
      continue;
    }
    const { samples, templates, rowsLeft, filesLeft } = await gallery.deleteSubject(id, now);
    audit.append({ action: 'retention', subjectId: id, details: { samples, templates, rowsLeft, filesLeft } });
  }
  if (expired.length === 0) return 0;
  workbench.renderings.forgetAll('sample-');
  announce(workbench, 'subjects', 'desk');
  await searchable.refresh();
  return expired.length;
}

/** Receipts and audit lines of those who were deleted while nobody could sign. */
export function tellShredded(workbench: Workbench): void {
  const { audit, receipts, database } = workbench.store;
  const shredded = readShredded(workbench);
  for (const { subjectId, deletedAt, samples, templates, rowsLeft } of shredded) {
    receipts.keep({ subjectId, deletedAt, samples, templates, rowsLeft, filesScanned: null, filesLeft: null, scan: null });
    audit.append({ action: 'retention', subjectId, details: { samples, templates, rowsLeft, whileLocked: true, deletedAt } });
  }
  if (shredded.length > 0) removeSetting(database, shreddedKey);
}

function readShredded({ store: { database } }: Workbench): Shredded[] {
  return (readSetting(database, shreddedKey) as Shredded[] | undefined) ?? [];
}

/** Now and every hour. */
export function keepRetention(workbench: Workbench, searchable: SearchableGallery): () => void {
  const run = (): void => {
    deleteExpired(workbench, searchable).catch((error: unknown) => { workbench.log('Somebody whose time is over could not be deleted.', error); });
  };
  run();
  const timer = setInterval(run, everyMs);
  timer.unref();
  return () => { clearInterval(timer); };
}
