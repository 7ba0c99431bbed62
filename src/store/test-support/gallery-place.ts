import type { Store } from '../store.ts';
import { openSharedStore, openStore } from '../store.ts';
import { hasPostgres, serverOfDescribe } from './on-server.ts';
import type { PostgresServer } from './postgres-server.ts';

export type GalleryKind = 'SQLite' | 'PostgreSQL';

/** Where a gallery can be tested on this machine. */
export const galleryKinds: readonly GalleryKind[] = hasPostgres ? ['SQLite', 'PostgreSQL'] : ['SQLite'];

export interface GalleryPlace {
  /** Opened twice, a data folder is two stations of one gallery. */
  open(home: string): Promise<Store>;
  /** The address that belongs to a data folder. */
  addressOf(home: string): Promise<string>;
  server(): PostgresServer;
}

/** To be called within a `describe`, of which it then starts and ends the server. */
export function galleryPlace(kind: GalleryKind): GalleryPlace {
  const server = kind === 'PostgreSQL' ? serverOfDescribe() : noServer;
  const addresses = new Map<string, Promise<string>>();
  const addressOf = (home: string): Promise<string> => {
    const address = addresses.get(home) ?? server().freshDatabase();
    addresses.set(home, address);
    return address;
  };
  return {
    addressOf,
    server,
    open: async (home) => (kind === 'SQLite' ? openStore(home) : openSharedStore(home, await addressOf(home))),
  };
}

function noServer(): never {
  throw new Error('This gallery is on no server.');
}
