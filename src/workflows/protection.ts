import { RequestError } from '../contract/request-error.ts';
import type { Handlers, RequestName } from '../contract/requests.ts';
import type { Protection } from '../contract/requests/protection.ts';
import { rekeyStore } from '../store/protection/rekey.ts';
import type { NewAuditLine } from '../store/audit/audit-trail.ts';
import { tellWaitingLines } from '../store/audit/waiting-lines.ts';
import { rekeySharedStore } from '../store/postgres/rekey-shared.ts';
import type { NewProtection } from '../store/protection/rekey.ts';
import { readSetting, writeSetting } from '../store/settings.ts';
import type { Store } from '../store/store.ts';
import { openDemo } from './demo.ts';
import { actingOperator, actingPlace } from './operators/acting.ts';
import { proveOperator } from './operators/sign-in.ts';
import { tellShredded } from './retention.ts';
import type { SearchableGallery } from './searchable-gallery.ts';
import { startWaitingWork } from './waiting-work.ts';
import type { Workbench } from './workbench.ts';
import { announce } from './workbench.ts';

type ProtectionHandlers = Pick<
  Handlers,
  | 'protection.unlock' | 'protection.unlockBySystem' | 'protection.lock' | 'protection.touch' | 'protection.protect'
  | 'protection.rotate' | 'protection.setLockAfter'
>;

/** What is answered while the store is locked: how things stand, and how to unlock it. */
const answeredWhileLocked: ReadonlySet<RequestName> = new Set<RequestName>([
  'session.state', 'session.signIn', 'session.signOut', 'desk.state', 'device.report', 'protection.unlock', 'protection.unlockBySystem', 'protection.lock', 'protection.touch',
]);

const lockAfterKey = 'lock-after-minutes';
const usualLockAfterMinutes = 15;

export function protectionOf({ database, vault }: Store): Protection {
  const slots = vault.slots();
  return {
    by: slots.includes('operator') ? 'operators' : slots.includes('passphrase') ? 'passphrase' : 'key-file',
    isLocked: vault.keysIfUnlocked() === null,
    bySystem: slots.includes('system') && vault.system !== null,
    hasSystem: vault.system !== null,
    lockAfterMinutes: lockAfterMinutes(database),
    keysChangedAt: vault.keysChangedAt(),
  };
}

export function protectionHandlers(workbench: Workbench, searchable: SearchableGallery): ProtectionHandlers {
  const { store, presence } = workbench;
  const { vault, database } = store;
  const opened = async (details: Record<string, unknown>): Promise<Protection> => {
    await tellOpened(workbench, searchable, { action: 'unlock', details });
    return protectionOf(store);
  };
  return {
    'protection.unlock': async ({ passphrase }) => {
      const failuresBefore = await vault.unlock(passphrase);
      return opened({ failuresBefore });
    },
    'protection.unlockBySystem': () => {
      vault.unlockBySystem();
      return opened({ bySystem: true });
    },
    'protection.lock': async () => {
      if (!isProtected(vault)) {
        throw new RequestError('conflict', 'This store has no passphrase yet, so locking it would protect nothing: its key lies beside the data. Set one in Settings, or with "likeness protect init".');
      }
      await lockDesk(workbench, searchable, 'asked');
      return protectionOf(store);
    },
    'protection.touch': () => {
      presence.touch();
      const place = actingPlace();
      if (place !== null) place.touchedAt = performance.now();
      return { isLocked: vault.isLocked() };
    },
    'protection.protect': async ({ current, next, usesSystem }) => {
      if (vault.slots().includes('operator')) throw new RequestError('conflict', 'This store is opened by its operators, each with a passphrase of their own. Change yours in Settings, or with "likeness operators passphrase".');
      await proveOwner(store, current);
      return rekeyDesk(workbench, { passphrase: next, usesSystem });
    },
    'protection.rotate': async ({ passphrase }) => {
      await proveOwner(store, passphrase);
      return rekeyDesk(workbench, { passphrase, usesSystem: vault.slots().includes('system') });
    },
    'protection.setLockAfter': ({ minutes }) => {
      writeSetting(database, lockAfterKey, minutes);
      announce(workbench, 'desk');
      return protectionOf(store);
    },
  };
}

/** Locking it protects something: its key does not lie beside the data. */
export function isProtected(vault: Store['vault']): boolean {
  return !vault.slots().includes('key-file');
}

/** What a store needs that has just been opened; `line` says by whom. */
export async function tellOpened(workbench: Workbench, searchable: SearchableGallery, line: NewAuditLine): Promise<void> {
  const { store, presence } = workbench;
  presence.touch();
  store.settle();
  store.audit.append(line);
  tellWaitingLines(store);
  tellShredded(workbench);
  announceAll(workbench);
  await startWaitingWork(workbench, searchable, async () => (workbench.host === 'terminal' ? null : openDemo(workbench, false)));
}

/** New keys for everything, wherever the gallery lies. */
export async function rekeyDesk(workbench: Workbench, wanted: NewProtection): Promise<Protection> {
  const { store } = workbench;
  if (store.server === null) await rekeyStore(store.database, store.vault, wanted);
  else await rekeySharedStore(store, store.server, wanted);
  announceAll(workbench);
  return protectionOf(store);
}

/** An open window is not enough to change the keys: whoever does it knows the passphrase. */
export async function proveOwner(store: Store, passphrase: string | null): Promise<void> {
  const { vault } = store;
  const operator = actingOperator();
  if (operator !== null) {
    if (passphrase === null) throw new RequestError('wrong-passphrase', 'Give your own passphrase.');
    (await proveOperator(store, operator.id, passphrase)).fill(0);
    return;
  }
  if (!vault.slots().includes('passphrase')) {
    if (passphrase !== null) throw new RequestError('invalid-input', 'This store has no passphrase yet; there is none to give.');
    return;
  }
  if (passphrase === null) throw new RequestError('wrong-passphrase', 'Give the passphrase that the store has now.');
  await vault.unlock(passphrase);
}

/** Forgets keys, names, pictures and templates in this process and in the engine. Work that needs none of them goes on. */
export async function lockDesk(workbench: Workbench, searchable: SearchableGallery, why: 'asked' | 'idle' | 'signed-out'): Promise<void> {
  // Written first: afterwards there is no key to write it with.
  if (!workbench.store.vault.isLocked()) workbench.store.audit.append({ action: 'lock', details: { why } });
  await forgetPeople(workbench, searchable);
}

/** Another station has changed the keys of the gallery: what was opened with the former ones goes from memory, until this one is unlocked anew. */
export async function followNewerKeys(workbench: Workbench, searchable: SearchableGallery): Promise<void> {
  if (!(await workbench.store.noticeNewerKeys())) return;
  if (workbench.store.vault.keysIfUnlocked() === null) await forgetPeople(workbench, searchable);
}

async function forgetPeople(workbench: Workbench, searchable: SearchableGallery): Promise<void> {
  workbench.store.lock();
  workbench.places.signOutAll();
  workbench.renderings.forgetAll('');
  workbench.shelf.clear();
  workbench.transforms.forget();
  announceAll(workbench);
  await searchable.unload();
}

export function lockAfterMinutes(database: Store['database']): number {
  return (readSetting(database, lockAfterKey) as number | undefined) ?? usualLockAfterMinutes;
}

/** Refuses what a locked store does not answer; the first thing that every request meets. */
export function guardedByLock(handlers: Handlers, { vault }: Store): Handlers {
  const guarded = Object.entries(handlers).map(([name, handler]) => {
    if (answeredWhileLocked.has(name as RequestName)) return [name, handler] as const;
    const ask = handler as (input: unknown) => unknown;
    return [name, (input: unknown) => { vault.keys(); return ask(input); }] as const;
  });
  return Object.fromEntries(guarded) as Handlers;
}

function announceAll(workbench: Workbench): void {
  announce(workbench, 'desk', 'subjects', 'models', 'datasets', 'runs', 'evaluations', 'thresholds');
}
