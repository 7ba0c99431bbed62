import { join, resolve } from 'node:path';
import type { EngineLane, EngineProcess } from '../contract/engine-port.ts';
import type { DeskEvent, DeskListener } from '../contract/events.ts';
import type { RequestError } from '../contract/request-error.ts';
import type { DeskState } from '../contract/requests/desk.ts';
import type { Desk } from '../contract/wire/desk.ts';
import { tellWaitingLines } from '../store/audit/waiting-lines.ts';
import { countEverything } from '../store/counts.ts';
import type { StagedRestore } from '../store/backup/restore-backup.ts';
import { holdDeskLock } from '../store/desk-lock.ts';
import type { SystemKeyStore } from '../store/protection/key-slots.ts';
import type { Store } from '../store/store.ts';
import { openChosenStore } from '../store/store.ts';
import { adoptInterrupted } from './adopt-interrupted.ts';
import { openDemo } from './demo.ts';
import { deskDevice } from './device.ts';
import { superviseEngines } from './engine-supervisor.ts';
import { allHandlers } from './handlers.ts';
import { newIdentifier } from './identifiers.ts';
import { imageShelf } from './image-shelf.ts';
import { renderImage } from './images.ts';
import { Jobs } from './jobs.ts';
import { actingOperator } from './operators/acting.ts';
import { openPlaces } from './operators/places.ts';
import { takeSeat } from './operators/seat.ts';
import { renderingCache } from './rendering-cache.ts';
import { lockWhenIdle, presence } from './presence.ts';
import { followNewerKeys } from './protection.ts';
import { keepRetention } from './retention.ts';
import { transformShelf } from './templates/transform-shelf.ts';
import type { SearchableGallery } from './searchable-gallery.ts';
import { searchableGallery } from './searchable-gallery.ts';
import { startWaitingWork } from './waiting-work.ts';
import { watchOthers } from './watch-others.ts';
import type { Log, Workbench } from './workbench.ts';

export interface DeskOptions {
  /** The data folder; made where it is missing. */
  home: string;
  /** What ships with the product: `resources/` of the checkout or package. */
  resources: string;
  /** Pairs that an evaluation holds and keeps at most, if not as many as usual. */
  mostKeptPairs?: number;
  host: DeskState['host'];
  version: string;
  /** Starts an engine process: `desk` at once, `batch` on its first use, either again after a crash. */
  spawnEngine: (lane: EngineLane) => EngineProcess;
  log: Log;
  /** The key store of the operating system, where the host has one. */
  systemKeys?: SystemKeyStore | null;
  /** Where the gallery lies, instead of where it was moved to: postgres://..., or "local" for the data folder. */
  galleryServer?: string | null;
  /** Closes this desk, puts a backup in the place of its store and opens another; where the door can do that. */
  replaceStore?: (staged: StagedRestore) => void;
  /** Why the backup that this desk was closed for is not in its place. */
  failedRestore?: RequestError;
  /** Whether an empty desk gets the demo. A terminal's desk gets it only on demand (demo.reset). */
  makesDemo?: boolean;
}

/** How long the jobs may take to stop of their own accord when the desk is closed. */
const farewellMs = 4000;

/**
 * Opens the desk: the whole product behind one object, for whichever door.
 *
 * @throws RequestError('storage') where the data folder cannot be used.
 */
export async function openDesk(options: DeskOptions): Promise<Desk> {
  const home = resolve(options.home);
  const store = await openChosenStore(home, options.galleryServer ?? null, {
    system: options.systemKeys ?? null, actor: () => actingOperator()?.name ?? null,
  });
  const deskId = newIdentifier('desk');
  const lock = holdDeskLock(join(home, 'desks'), deskId);
  adoptInterrupted(store.database, join(home, 'desks'));

  const listeners = new Set<DeskListener>();
  const emit = (event: DeskEvent): void => listeners.forEach((listener) => listener(event));
  const engine = superviseEngines({
    startsAtOnce: options.host !== 'terminal',
    spawnEngine: options.spawnEngine,
    onState: (state, message) => {
      if (message !== null) options.log(message);
      emit({ type: 'engine', state, message });
    },
  });
  const jobs = new Jobs({ database: store.database, lines: store.jobLines, deskId, emit, log: options.log });
  const workbench: Workbench = {
    ...options, home, store, engine, jobs, emit, engineState: () => engine.state(), device: deskDevice({ engine, emit }),
    shelf: imageShelf(), renderings: renderingCache(), transforms: transformShelf(), presence: presence(), places: openPlaces(store, emit),
  };
  const searchable = searchableGallery(workbench);
  const stopWatching = watchOthers(workbench, () => followNewerKeys(workbench, searchable));
  const stopRetention = keepRetention(workbench, searchable);
  const stopLocking = lockWhenIdle(workbench, searchable);
  const close = async (): Promise<void> => {
    stopWatching();
    stopLocking();
    stopRetention();
    const stopped = jobs.close();
    await Promise.race([stopped, new Promise((late) => setTimeout(late, farewellMs).unref())]);
    engine.close();
    await stopped;
    await store.close();
    lock.release();
  };
  try {
    await begin(workbench, searchable, options);
  } catch (error) {
    await close();
    throw error;
  }
  const desk: Omit<Desk, 'seat'> = {
    handlers: allHandlers(workbench, searchable),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    isLocked: () => store.vault.isLocked(),
    image: async (imageId, maxSide) => {
      store.vault.keys();
      return renderImage(workbench, imageId, maxSide);
    },
    close,
  };
  return { ...desk, seat: () => takeSeat(desk, workbench.places) };
}

/** Work that waits for nobody: the device measures itself, and where no passphrase is waited for, all that an open store needs. */
async function begin(workbench: Workbench, searchable: SearchableGallery, { makesDemo = workbench.host !== 'terminal', failedRestore }: DeskOptions): Promise<void> {
  if (failedRestore !== undefined) {
    workbench.jobs.start({ kind: 'backup', title: 'Put the backup in its place', subjectId: null, unit: 'MB', isBatch: false, work: () => Promise.reject(failedRestore) });
  }
  if (workbench.host !== 'terminal') {
    workbench.device.current().catch((error: unknown) => { workbench.log('The device could not be measured yet.', error); });
  }
  if (workbench.store.vault.isLocked()) return;
  tellWaitingLines(workbench.store);
  // A gallery that stations share is no place for a demo.
  const wantsDemo = makesDemo && workbench.store.server === null;
  await startWaitingWork(workbench, searchable, async () => (wantsDemo ? openDemo(workbench, isEmpty(workbench.store)) : null));
}

function isEmpty({ database }: Store): boolean {
  return Object.values(countEverything(database)).every((count) => count === 0);
}
