import { afterAll, beforeAll } from 'vitest';
import type { Store } from '../store.ts';
import { openSharedStore, openStore } from '../store.ts';
import type { PostgresServer } from './postgres-server.ts';
import { startPostgres, whyNoPostgres } from './postgres-server.ts';

export type GalleryKind = 'SQLite' | 'PostgreSQL';

const reason = whyNoPostgres();
if (reason !== null) process.stderr.write(`The gallery on a server is not tested: ${reason}.\n`);

/** Where a gallery can be tested on this machine. */
export const galleryKinds: readonly GalleryKind[] = reason === null ? ['SQLite', 'PostgreSQL'] : ['SQLite'];

export interface GalleryPlace {
  /** Opened twice, a data folder is two stations of one gallery. */
  open(home: string): Promise<Store>;
  /** The address that belongs to a data folder. */
  addressOf(home: string): Promise<string>;
  server(): PostgresServer;
}

const startLimitMs = 60_000;

/** To be called within a `describe`, of which it then starts and ends the server. */
export function galleryPlace(kind: GalleryKind): GalleryPlace {
  let server: PostgresServer | undefined;
  const addresses = new Map<string, Promise<string>>();
  if (kind === 'PostgreSQL') {
    beforeAll(async () => { server = await startPostgres(); }, startLimitMs);
    afterAll(async () => { await server?.remove(); }, startLimitMs);
  }
  const addressOf = (home: string): Promise<string> => {
    const address = addresses.get(home) ?? server!.freshDatabase();
    addresses.set(home, address);
    return address;
  };
  return {
    addressOf,
    server: () => server!,
    open: async (home) => (kind === 'SQLite' ? openStore(home) : openSharedStore(home, await addressOf(home))),
  };
}
