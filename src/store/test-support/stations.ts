import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ModelRecord } from '../models.ts';
import { insertModel } from '../models.ts';
import { keyFileName } from '../protection/key-file.ts';
import type { Store } from '../store.ts';
import { openSharedStore } from '../store.ts';
import type { PostgresServer } from './postgres-server.ts';
import { aModel } from './sample-rows.ts';
import type { TemporaryHome } from './temporary-home.ts';
import { temporaryHome } from './temporary-home.ts';

/** A station of the gallery at this address, with the model that sample rows are of, or another. */
export async function firstStation(home: string, address: string, model: ModelRecord = aModel()): Promise<Store> {
  const store = await openSharedStore(home, address);
  insertModel(store.database, model);
  return store;
}

/** Another station, with a new data folder that was given the key file of the first. */
export function joinStation(from: string, home: string, address: string): Promise<Store> {
  copyFileSync(join(from, keyFileName), join(home, keyFileName));
  return firstStation(home, address);
}

/** Two stations of one gallery that is empty yet. Whoever opened them closes them; their folders go when the test's scope ends (`using`). */
export interface TwoStations extends Disposable {
  address: string;
  one: TemporaryHome;
  two: TemporaryHome;
  /** In `one`. */
  a: Store;
  /** In `two`, with the key file of the first. */
  b: Store;
}

export async function twoStations(postgres: PostgresServer): Promise<TwoStations> {
  const [address, one, two] = [await postgres.freshDatabase(), temporaryHome(), temporaryHome()];
  const a = await firstStation(one.path, address);
  const b = await joinStation(one.path, two.path, address);
  return {
    address, one, two, a, b,
    [Symbol.dispose]: () => {
      one[Symbol.dispose]();
      two[Symbol.dispose]();
    },
  };
}
