import type { SearchableGallery } from './searchable-gallery.ts';
import { lockAfterMinutes, lockDesk } from './protection.ts';
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
 * the keys until their end: the lock waits for it.
 */
export function lockWhenIdle(workbench: Workbench, searchable: SearchableGallery): () => void {
  const { store, presence: present, jobs, log } = workbench;
  const look = (): void => {
    if (store.vault.isLocked() || !store.vault.slots().includes('passphrase')) return;
    const minutes = lockAfterMinutes(store.database);
    if (minutes === 0 || present.idleMs() < minutes * 60_000 || needsKeys(jobs)) return;
    lockDesk(workbench, searchable, 'idle').catch((error: unknown) => { log('The engine kept the gallery in memory after the lock.', error); });
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

function needsKeys(jobs: Workbench['jobs']): boolean {
  return (['enrol-folder', 'demo', 'evaluate', 're-embed'] as const).some((kind) => jobs.findOpen(kind) !== undefined);
}
