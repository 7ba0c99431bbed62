import { RequestError } from '../../contract/request-error.ts';

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
const freeGuesses = 3;
const firstWaitMs = 2000;
const longestWaitMs = 5 * 60_000;

/** How long the next guess has to wait after so many failures. */
export function waitAfter(failures: number): number {
  return failures < freeGuesses ? 0 : Math.min(firstWaitMs * 2 ** (failures - freeGuesses), longestWaitMs);
}

/**
 * Makes one guess, unless it comes too soon after wrong ones. The failure is written before the guess is judged, so that killing the
 * process wins nothing.
 *
 * @returns the failures before the one that was right.
 */
export async function passOfAttempts(memory: AttemptMemory, guess: () => Promise<void>): Promise<number> {
  const before = memory.read() ?? { count: 0, lastAt: 0 };
  const waitMs = before.lastAt + waitAfter(before.count) - Date.now();
  // A clock that was set back must not lock anybody out for longer than the wait itself.
  if (waitMs > 0 && waitMs <= longestWaitMs) {
    throw new RequestError('locked', `${before.count} wrong passphrases in a row. Wait ${Math.ceil(waitMs / 1000)} s, then try again.`);
  }
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
