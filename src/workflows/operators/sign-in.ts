import { RequestError } from '../../contract/request-error.ts';
import type { NewAuditLine } from '../../store/audit/audit-trail.ts';
import { addWaitingLines } from '../../store/audit/waiting-lines.ts';
import { operatorAttempts, signInPace, strangerAttempts } from '../../store/operators/lock-out.ts';
import type { Operator } from '../../store/operators/operator.ts';
import { openOperatorSlot } from '../../store/operators/operator-slots.ts';
import { findOperatorByName, knownOperator, nameKey } from '../../store/operators/operators.ts';
import { destroyKeyFile } from '../../store/protection/key-file.ts';
import type { Keyring } from '../../store/protection/keyring.ts';
import { keysChanged } from '../../store/protection/keyring.ts';
import { passOfAttempts, remainingWait } from '../../store/protection/unlock-attempts.ts';
import type { Store } from '../../store/store.ts';

export interface SignedIn {
  operator: Operator;
  /** Wrong passphrases before this right one. */
  failuresBefore: number;
  /** Whether this opened the store. */
  opened: boolean;
}

export interface Credentials {
  name: string;
  passphrase: string;
}

/**
 * Judges names and passphrases, one at a time: a guess takes 128 MB and some tenths of a second, and many at once are no faster way in.
 *
 * @throws RequestError('wrong-passphrase'), or 'locked-out' after too many of them; the same for names that nobody has.
 */
export function signInDesk(store: Store): (credentials: Credentials) => Promise<SignedIn> {
  const strangers = strangerAttempts(store.database);
  let turn: Promise<unknown> = Promise.resolve();
  return (credentials) => {
    const judged = turn.then(() => judge(store, strangers, credentials));
    turn = judged.catch(() => undefined);
    return judged;
  };
}

async function judge(store: Store, strangers: ReturnType<typeof strangerAttempts>, { name, passphrase }: Credentials): Promise<SignedIn> {
  const { database, vault } = store;
  const slot = findOperatorByName(database, name) ?? null;
  const memory = slot === null ? strangers(nameKey(name)) : operatorAttempts(database, slot.id);
  const ring = vault.keyring();
  let opened = false;
  try {
    const failuresBefore = await passOfAttempts(memory, async () => {
      const dataKey = await openOperatorSlot(slot, passphrase, ring);
      opened = vault.keysIfUnlocked() === null;
      if (opened) openWith(store, dataKey, ring);
      else dataKey.fill(0);
    }, signInPace);
    return { operator: knownOperator(database, slot!.id), failuresBefore, opened };
  } catch (error) {
    if (!(error instanceof RequestError && error.code === 'wrong-passphrase')) throw error;
    const failures = memory.read() ?? { count: 0, lastAt: 0 };
    const waitMs = remainingWait(failures, signInPace);
    tellFailure(store, { name: slot?.name ?? null, failures: failures.count }, waitMs);
    throw waitMs === 0 ? error : signInPace.refusal(failures.count, waitMs);
  }
}

function openWith({ vault }: Store, dataKey: Uint8Array, ring: Keyring): void {
  // Another station gave the gallery new keys meanwhile.
  if (vault.keyring().epoch !== ring.epoch) throw keysChanged();
  vault.adopt(dataKey);
  // Of a station whose gallery was given operators elsewhere.
  destroyKeyFile(vault.keyFile);
}

/** Somebody's own passphrase, before something that an open window is not enough for. Wrong ones count as at signing in. @returns the data key. */
export async function proveOperator(store: Store, id: string, passphrase: string): Promise<Uint8Array> {
  const slot = knownOperator(store.database, id);
  const ring = store.vault.keyring();
  let dataKey = new Uint8Array();
  await passOfAttempts(operatorAttempts(store.database, id), async () => { dataKey = new Uint8Array(await openOperatorSlot(slot, passphrase, ring)); }, signInPace);
  return dataKey;
}

/** `about.name` is null for a name that nobody has: what was typed is not written, for it may be a passphrase. Both take the same steps. */
function tellFailure(store: Store, about: { name: string | null; failures: number }, waitMs: number): void {
  const at = Date.now();
  const lines: NewAuditLine[] = [{ action: 'sign-in.failed', operator: null, details: about }];
  if (waitMs > 0) lines.push({ action: 'lock-out', operator: null, details: { ...about, until: at + waitMs } });
  if (store.vault.keysIfUnlocked() !== null) {
    for (const line of lines) store.audit.append(line);
    return;
  }
  addWaitingLines(store.database, lines.map((line) => ({ ...line, details: { ...line.details, whileLocked: true, at } })));
}
