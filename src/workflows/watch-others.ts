import type { Topic } from '../contract/events.ts';
import type { Database } from '../store/statement.ts';
import type { Workbench } from './workbench.ts';
import { announce } from './workbench.ts';

const everyMs = 2000;
const topics: Topic[] = ['desk', 'datasets', 'runs', 'models', 'subjects', 'evaluations', 'thresholds'];

/**
 * Other windows and terminals may work on the same folder: passes on that they changed something, and their wishes to stop a job. `onStation`
 * is called when any station has changed the gallery on a server.
 */
export function watchOthers({ store: { database, server }, jobs, emit, log }: Pick<Workbench, 'store' | 'jobs' | 'emit' | 'log'>, onStation: () => Promise<void>): () => void {
  server?.listen(() => {
    // What is wrong with the server or the keys is said to whoever asks for something.
    void onStation().catch(() => undefined).then(() => { announce({ emit }, 'subjects', 'desk'); });
  });
  let seen = dataVersion(database);
  const look = (): void => {
    const version = dataVersion(database);
    if (version === seen) return;
    seen = version;
    jobs.honorCancelRequests();
    announce({ emit }, ...topics);
  };
  const timer = setInterval(() => {
    try {
      look();
    } catch (error) {
      clearInterval(timer);
      log('Likeness no longer hears what other windows do in this folder.', error);
    }
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}

/** Changes whenever another connection has written. */
function dataVersion(database: Database): number {
  return database.pragma('data_version', { simple: true }) as number;
}
