import type { SearchableGallery } from './searchable-gallery.ts';
import { isProtected, lockAfterMinutes, lockDesk } from './protection.ts';
import { signOut } from './operators/sessions.ts';
import type { Workbench } from './workbench.ts';

/** When somebody was last at a window of this desk. */
export interface Presence {
  touch(): void;
  idleMs(): number;
}

export function presence(): Presence {
  let last = performance.now();
  return {
    touch: () => { last = performance.now(); },
    idleMs: () => performance.now() - last,
  };
}

const lookEveryMs = 1000;

/**
 * Locks the store when nobody has been at the window for the time that the settings say. Enrolling a folder and evaluating need
 * the keys until their end: the lock waits for it. An operator who was away for so long is signed out, whoever else is there.
 */
export function lockWhenIdle(workbench: Workbench, searchable: SearchableGallery): () => void {
  const { store, presence: present, jobs, places, log } = workbench;
  const failed = (error: unknown): void => { log('The engine kept the gallery in memory after the lock.', error); };
  const look = (): void => {
    if (store.vault.isLocked() || !isProtected(store.vault)) return;
    const minutes = lockAfterMinutes(store.database);
    if (minutes === 0) return;
    for (const place of places.idle(minutes * 60_000)) signOut(workbench, searchable, { place, why: 'idle' }).catch(failed);
    if (store.vault.isLocked() || present.idleMs() < minutes * 60_000 || jobs.needsKeys()) return;
    lockDesk(workbench, searchable, 'idle').catch(failed);
  };
  const timer = setInterval(() => {
    try {
      look();
    } catch (error) {
      log('The store could not be looked at to lock it.', error);
    }
  }, lookEveryMs);
  timer.unref();
  return () => { clearInterval(timer); };
}
