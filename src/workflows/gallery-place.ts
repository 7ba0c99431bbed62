import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { RequestError } from '../contract/request-error.ts';
import type { Handlers } from '../contract/requests.ts';
import { isDeskAlive } from '../store/desk-lock.ts';
import { moveToFolder, moveToServer } from '../store/move/move-gallery.ts';
import { isServerAddress, readAddress } from '../store/postgres/address.ts';
import { readModels } from './shared-models.ts';
import type { Workbench } from './workbench.ts';

/** Where the gallery lies: in the data folder, or on a server that several stations share. */
export function galleryPlaceHandlers(workbench: Workbench): Pick<Handlers, 'gallery.where' | 'gallery.move'> {
  const { store } = workbench;
  const server = store.server?.address.text ?? null;
  return {
    'gallery.where': async () => ({ server, ...(await store.gallery.count()) }),
    'gallery.move': async ({ to }) => {
      refuseWhileOpenElsewhere(workbench);
      if (to === 'local') {
        if (store.server === null) throw new RequestError('conflict', 'The gallery is in the data folder already.');
        return { server: null, ...(await moveToFolder({ ...store, server: store.server })) };
      }
      if (!isServerAddress(to)) throw new RequestError('invalid-input', `The gallery cannot be moved to "${to}". Give postgres://user@host:5432/database, or "local" for the data folder.`);
      const address = readAddress(to).text;
      if (address === server) throw new RequestError('conflict', `The gallery is at ${address} already.`);
      if (store.server !== null) throw new RequestError('conflict', `The gallery is at ${store.server.address.text}. Move it into the data folder first: likeness gallery move --to local`);
      return { server: address, ...(await moveToServer(store, to, await readModels(workbench))) };
    },
  };
}

/** What is open keeps looking where the gallery was. */
function refuseWhileOpenElsewhere({ home, host, jobs }: Workbench): void {
  if (host !== 'terminal') throw new RequestError('conflict', 'Close this window and move the gallery in the terminal: likeness gallery move --to ADDRESS');
  const folder = join(home, 'desks');
  const others = readdirSync(folder).filter((name) => name.endsWith('.lock')).map((name) => name.slice(0, -'.lock'.length)).filter((id) => id !== jobs.deskId && isDeskAlive(folder, id));
  if (others.length > 0) throw new RequestError('conflict', 'Another window or command of Likeness is open on this data folder. Close it, then move the gallery.');
}
