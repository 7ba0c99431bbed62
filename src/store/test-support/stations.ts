import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { insertModel } from '../models.ts';
import { keyFileName } from '../protection/key-file.ts';
import type { Store } from '../store.ts';
import { openSharedStore } from '../store.ts';
import { aModel } from './sample-rows.ts';

/** A station of the gallery at this address, with the model that sample rows are of. */
export async function firstStation(home: string, address: string): Promise<Store> {
  const store = await openSharedStore(home, address);
  insertModel(store.database, aModel());
  return store;
}

/** Another station, with a new data folder that was given the key file of the first. */
export function joinStation(from: string, home: string, address: string): Promise<Store> {
  copyFileSync(join(from, keyFileName), join(home, keyFileName));
  return firstStation(home, address);
}
