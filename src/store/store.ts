import { join } from 'node:path';
import type { Gallery } from './gallery.ts';
import { sqliteGallery } from './gallery.ts';
import { openDatabase } from './open-database.ts';
import type { Database } from './statement.ts';

/** All that is kept on disk: the gallery behind its interface, everything else in this machine's database. */
export interface Store {
  database: Database;
  gallery: Gallery;
  close(): void;
}

/** @throws RequestError('storage') where the folder cannot be used. */
export function openStore(home: string): Store {
  const database = openDatabase(join(home, 'likeness.sqlite'));
  return { database, gallery: sqliteGallery(database), close: () => void database.close() };
}
