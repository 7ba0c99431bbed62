import { RequestError } from '../../contract/request-error.ts';
import { writeSetting } from '../settings.ts';
import type { AttemptMemory, Failures, Pace } from '../protection/unlock-attempts.ts';
import { keptAttempts, remainingWait } from '../protection/unlock-attempts.ts';
import type { Database } from '../statement.ts';

/** Five wrong passphrases in a row lock a name out for a minute, each further one for twice as long, an hour at most. */
export const signInPace: Pace = {
  freeGuesses: 5, firstWaitMs: 60_000, longestWaitMs: 60 * 60_000,
  refusal: (failures, waitMs) => {
    const until = new Date(Date.now() + waitMs).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
    const wait = waitMs > 60_000 ? `${Math.ceil(waitMs / 60_000)} min` : `${Math.ceil(waitMs / 1000)} s`;
    return new RequestError('locked-out', `${failures} wrong passphrases in a row: this name is locked out for ${wait}, until ${until}. An administrator can lift it in Settings.`);
  },
};

const failuresKey = (id: string): string => `sign-in-failures:${id}`;

/** What is remembered of an operator's failures; a restart forgets none of it. */
export function operatorAttempts(database: Database, id: string): AttemptMemory {
  return keptAttempts(database, failuresKey(id));
}

/** Until when an operator is locked out; null while they are not. */
export function lockedOutUntil(database: Database, id: string): number | null {
  const waitMs = remainingWait(operatorAttempts(database, id).read() ?? { count: 0, lastAt: 0 }, signInPace);
  return waitMs === 0 ? null : Date.now() + waitMs;
}

const mostStrangers = 1000;

/**
 * Failures under names that nobody has: counted as those of operators are, so that the answers do not tell which names there are. In memory only, for
 * what is typed as a name may be somebody's passphrase; something is written all the same, for the same time to pass.
 */
export function strangerAttempts(database: Database): (name: string) => AttemptMemory {
  const failures = new Map<string, Failures>();
  return (name) => ({
    read: () => failures.get(name),
    write: (now) => {
      failures.delete(name);
      failures.set(name, now);
      if (failures.size > mostStrangers) failures.delete(failures.keys().next().value!);
      writeSetting(database, failuresKey('stranger'), { lastAt: now.lastAt });
    },
    clear: () => { failures.delete(name); },
  });
}
