import { readSetting, removeSetting, writeSetting } from './settings.ts';
import type { Database } from './statement.ts';

const key = 'gallery-server';

/** Where a data folder's gallery lies when it was moved to a server; without a password. */
export function readServerAddress(database: Database): string | null {
  const address = readSetting(database, key);
  return typeof address === 'string' ? address : null;
}

export function writeServerAddress(database: Database, address: string): void {
  writeSetting(database, key, address);
}

export function removeServerAddress(database: Database): void {
  removeSetting(database, key);
}
