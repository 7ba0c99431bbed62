import { RequestError } from '../../contract/request-error.ts';
import { readSetting, removeSetting, writeSetting } from '../settings.ts';
import type { Database } from '../statement.ts';

/** Wrong passphrases in a row; kept in the store, so that a restart does not forget them. */
export interface Failures {
  count: number;
  lastAt: number;
}

export interface AttemptMemory {
  read(): Failures | undefined;
  write(failures: Failures): void;
  clear(): void;
}

/** So many guesses are free; from then on each wait is twice as long as the one before, up to the longest. */
export interface Pace {
  freeGuesses: number;
  firstWaitMs: number;
  longestWaitMs: number;
  /** What is said to a guess that comes too soon. */
  refusal: (failures: number, waitMs: number) => RequestError;
}

const unlockPace: Pace = {
  freeGuesses: 3, firstWaitMs: 2000, longestWaitMs: 5 * 60_000,
  refusal: (failures, waitMs) => new RequestError('locked', `${failures} wrong passphrases in a row. Wait ${Math.ceil(waitMs / 1000)} s, then try again.`),
};

/** How long the next guess has to wait after so many failures. */
export function waitAfter(failures: number, { freeGuesses, firstWaitMs, longestWaitMs }: Pace = unlockPace): number {
  return failures < freeGuesses ? 0 : Math.min(firstWaitMs * 2 ** (failures - freeGuesses), longestWaitMs);
}

/** How long the next guess has to wait from now on. */
export function remainingWait({ count, lastAt }: Failures, pace: Pace = unlockPace): number {
  const waitMs = lastAt + waitAfter(count, pace) - Date.now();
  // A clock that was set back must not lock anybody out for longer than the wait itself.
  return waitMs > 0 && waitMs <= pace.longestWaitMs ? waitMs : 0;
}

/**
 * Makes one guess, unless it comes too soon after wrong ones. The failure is written before the guess is judged, so that killing the
 * process wins nothing.
 *
 * @returns the failures before the one that was right.
 */
export async function passOfAttempts(memory: AttemptMemory, guess: () => Promise<void>, pace: Pace = unlockPace): Promise<number> {
  const before = memory.read() ?? { count: 0, lastAt: 0 };
  const waitMs = remainingWait(before, pace);
  if (waitMs > 0) throw pace.refusal(before.count, waitMs);
  memory.write({ count: before.count + 1, lastAt: Date.now() });
  try {
    await guess();
  } catch (error) {
    if (!(error instanceof RequestError && error.code === 'wrong-passphrase')) restore(memory, before);
    throw error;
  }
  memory.clear();
  return before.count;
}

/** A guess that could not be judged is none. */
function restore(memory: AttemptMemory, before: Failures): void {
  if (before.count === 0) memory.clear();
  else memory.write(before);
}

/** In the store's settings, in the clear: a locked store counts too. */
export function keptAttempts(database: Database, key: string): AttemptMemory {
  return {
    read: () => readSetting(database, key) as Failures | undefined,
    write: (failures) => { writeSetting(database, key, failures); },
    clear: () => { removeSetting(database, key); },
  };
}
