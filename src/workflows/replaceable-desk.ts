import type { DeskListener, Topic } from '../contract/events.ts';
import { RequestError } from '../contract/request-error.ts';
import type { Handlers, RequestName } from '../contract/requests.ts';
import type { Desk, Seat } from '../contract/wire/desk.ts';
import type { StagedRestore } from '../store/backup/restore-backup.ts';
import type { DeskOptions } from './app.ts';
import { openDesk } from './app.ts';

const everything: readonly Topic[] = ['session', 'desk', 'datasets', 'runs', 'models', 'subjects', 'evaluations', 'thresholds'];

/**
 * A desk whose store can be replaced by a backup while a window looks at it: closed, changed, opened again. Whoever sits there keeps the seat and is
 * told that everything changed; nobody is signed in any more, and the store is locked if it was when it was backed up.
 */
export async function openReplaceableDesk(options: DeskOptions): Promise<Desk> {
  let current: Desk | RequestError = await openDesk({ ...options, replaceStore });
  /** What has to be done when another desk has been opened. */
  const followers: Followers = new Set();
  let replacing: Promise<void> = Promise.resolve();

  function desk(): Desk {
    if (current instanceof RequestError) throw current;
    return current;
  }
  function replaceStore(staged: StagedRestore): void {
    replacing = replaceWith(staged);
  }
  async function replaceWith(staged: StagedRestore): Promise<void> {
    const former = desk();
    current = new RequestError('conflict', 'A backup is being put in the place of the store. Wait a moment, then look again.');
    const failure = await former.close().then(staged.putInPlace, (error: unknown) => {
      staged.drop();
      throw error;
    }).then(() => null, asRefusal);
    try {
      // Where it failed, what was there before is as it was; the desk that opens on it says so.
      current = await openDesk({ ...options, replaceStore, ...(failure && { failedRestore: failure }) });
    } catch (error) {
      options.log('The desk could not be opened again after a restore.', error);
      current = error instanceof RequestError ? error : new RequestError('storage', 'The store could not be opened after the backup was put in its place. The log has the details; start Likeness again.');
      return;
    }
    for (const follow of followers) follow();
  }

  return {
    get handlers() { return desk().handlers; },
    seat: () => replaceableSeat(desk, followers),
    subscribe: (listener) => subscribed(desk, followers, listener),
    image: (imageId, maxSide) => desk().image(imageId, maxSide),
    isLocked: () => desk().isLocked(),
    close: async () => {
      await replacing;
      if (!(current instanceof RequestError)) await current.close();
    },
  };
}

function asRefusal(error: unknown): RequestError {
  return error instanceof RequestError ? error : new RequestError('storage', `The store could not be closed for the backup (${error instanceof Error ? error.message : String(error)}). Start Likeness again, and restore then.`);
}

type Followers = Set<() => void>;

/** The seat at whichever desk is there: one at the desk that replaces another is taken when it is asked for the first time. */
function replaceableSeat(desk: () => Desk, followers: Followers): Seat {
  let at = desk();
  let taken = at.seat();
  const seat = (): Seat => {
    const now = desk();
    if (now !== at) [at, taken] = [now, now.seat()];
    return taken;
  };
  const handlers = Object.fromEntries((Object.keys(taken.handlers) as RequestName[]).map((name) => [name, (input: unknown) => (seat().handlers[name] as (input: unknown) => unknown)(input)])) as Handlers;
  return {
    handlers,
    permit: (name) => { seat().permit(name); },
    mustSignIn: () => seat().mustSignIn(),
    subscribe: (listener) => subscribed(seat, followers, listener),
    image: async (imageId, maxSide) => seat().image(imageId, maxSide),
  };
}

/** From one desk after the other. */
function subscribed(source: () => Pick<Seat, 'subscribe'>, followers: Followers, listener: DeskListener): () => void {
  let stop = source().subscribe(listener);
  const follow = (): void => {
    stop();
    stop = source().subscribe(listener);
    for (const topic of everything) listener({ type: 'changed', topic });
  };
  followers.add(follow);
  return () => {
    followers.delete(follow);
    stop();
  };
}
