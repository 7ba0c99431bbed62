import type { EnginePort } from '../contract/engine-port.ts';
import type { DeskEvent, Topic } from '../contract/events.ts';
import type { DeskState } from '../contract/requests/desk.ts';
import type { StagedRestore } from '../store/backup/restore-backup.ts';
import type { Store } from '../store/store.ts';
import type { Device } from './device.ts';
import type { ImageShelf } from './image-shelf.ts';
import type { Jobs } from './jobs.ts';
import type { Places } from './operators/places.ts';
import type { Presence } from './presence.ts';
import type { TransformShelf } from './templates/transform-shelf.ts';
import type { RenderingCache } from './rendering-cache.ts';

/** What every workflow works with. */
export interface Workbench {
  /** The data folder. */
  home: string;
  /** What ships with the product: the demo. */
  resources: string;
  /** Pairs that an evaluation holds and keeps at most, if not as many as usual. */
  mostKeptPairs?: number;
  host: DeskState['host'];
  version: string;
  store: Store;
  engine: EnginePort;
  engineState: () => DeskState['engine'];
  device: Device;
  jobs: Jobs;
  shelf: ImageShelf;
  renderings: RenderingCache;
  transforms: TransformShelf;
  presence: Presence;
  /** Closes the desk, puts a backup in the place of its store and opens another; where the door can do that. */
  replaceStore?: (staged: StagedRestore) => void;
  places: Places;
  emit: (event: DeskEvent) => void;
  log: Log;
}

/** Where the details of what went wrong are written; the host decides. Never names of people, never pixels. */
export type Log = (message: string, details?: unknown) => void;

/** Tells the screens that lists of these kinds are out of date. */
export function announce(workbench: Pick<Workbench, 'emit'>, ...topics: Topic[]): void {
  for (const topic of topics) workbench.emit({ type: 'changed', topic });
}
