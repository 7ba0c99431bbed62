import { RequestError } from '../../contract/request-error.ts';
import type { Keyring } from '../protection/keyring.ts';
import type { Handover } from '../protection/newer-keyring.ts';
import { forgetNewerKeyring, newestKeyring, noteNewerKeyring } from '../protection/newer-keyring.ts';
import { keysChanged, readKeyring, writeKeyring } from '../protection/keyring.ts';
import type { Database } from '../statement.ts';
import { sql } from '../statement.ts';
import type { Server, Transaction } from './server.ts';

/** The keyring of a gallery on a server: the wrapped data key, which no station can open without the passphrase or the key file. */
export async function readServerKeyring(on: Transaction): Promise<Keyring | undefined> {
  const [row] = await on.all<Omit<Keyring, 'slots'> & { slots: string }>(
    'SELECT store_id AS "storeId", epoch, slots, changed_at AS "changedAt" FROM likeness.keyring',
  );
  return row && { ...row, slots: JSON.parse(row.slots) as Keyring['slots'] };
}

/** Nothing is copied or sealed anew under keys that another station has replaced. @throws RequestError('locked') */
export async function requireServerEpoch(on: Transaction, epoch: number): Promise<void> {
  if ((await readServerKeyring(on))?.epoch !== epoch) throw keysChanged();
}

export async function writeServerKeyring(on: Transaction, { storeId, epoch, slots, changedAt }: Keyring): Promise<void> {
  await on.run(
    `INSERT INTO likeness.keyring (id, store_id, epoch, slots, changed_at) VALUES (1, $1, $2, $3, $4)
     ON CONFLICT (id) DO UPDATE SET store_id = excluded.store_id, epoch = excluded.epoch, slots = excluded.slots, changed_at = excluded.changed_at`,
    [storeId, epoch, JSON.stringify(slots), changedAt],
  );
}

/**
 * Brings the keyrings of station and server together before anything is sealed. A new gallery on the server gets the station's; a station with
 * a new data folder gets the server's. One that has keys of its own keeps them: its audit and its receipts are signed under them.
 *
 * @throws RequestError('conflict') where both have keys of their own.
 */
export async function shareKeyring(database: Database, server: Server): Promise<void> {
  const own = readKeyring(database);
  const shared = await readServerKeyring(server);
  if (own === undefined) {
    if (shared !== undefined) writeKeyring(database, shared);
    return;
  }
  const { text } = server.address;
  const agreed = shared ?? (holdsPeople(database) ? undefined : await offerKeyring(server, own));
  if (agreed === undefined) {
    throw new RequestError('conflict', `There is no gallery at ${text} yet, and this data folder holds people. Move them there: likeness gallery move --to ${text}`);
  }
  if (agreed.storeId === own.storeId && agreed.epoch >= own.epoch) return noteIfNewer(database, server);
  throw new RequestError('conflict', `The gallery at ${text} has other keys than this data folder. A station that joins needs a new data folder (--home DIR).`);
}

/** Whether another station has changed the keys of the gallery; if so, they are noted here, and whoever unlocks this station takes them over. */
export async function noticeNewerKeys(database: Database, server: Server): Promise<boolean> {
  const [row] = await server.all<{ epoch: number }>('SELECT epoch FROM likeness.keyring');
  if (row === undefined || row.epoch <= newestKeyring(database).epoch) return false;
  await noteIfNewer(database, server);
  return true;
}

async function noteIfNewer(database: Database, server: Server): Promise<void> {
  const own = readKeyring(database)!;
  const newer = await server.transaction(async (transaction) => {
    // Both as they were at one moment.
    await transaction.run('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
    return {
      keyring: (await readServerKeyring(transaction))!,
      handovers: await transaction.all<Handover>('SELECT epoch, sealed FROM likeness.handovers WHERE epoch >= $1 ORDER BY epoch', [own.epoch]),
    };
  });
  if (newer.keyring.epoch === own.epoch) return forgetNewerKeyring(database);
  const canFollow = newer.handovers.length === newer.keyring.epoch - own.epoch;
  if (!canFollow || holdsPeople(database)) {
    throw new RequestError('conflict', `The keys of the gallery at ${server.address.text} were changed, and this data folder cannot follow${canFollow ? ': it holds people under the former keys' : ''}. Join with a new data folder (--home DIR).`);
  }
  noteNewerKeyring(database, newer);
}

/** Gives a new gallery its keyring, unless another station was quicker: nobody's keys are ever replaced by this. Returns the gallery's. */
function offerKeyring(server: Server, own: Keyring): Promise<Keyring> {
  return server.transaction(async (transaction) => {
    await transaction.run('LOCK TABLE likeness.keyring IN EXCLUSIVE MODE');
    const quicker = await readServerKeyring(transaction);
    if (quicker === undefined) await writeServerKeyring(transaction, own);
    return quicker ?? own;
  });
}

export function holdsPeople(database: Database): boolean {
  return sql(database, 'SELECT 1 WHERE EXISTS (SELECT 1 FROM subjects) OR EXISTS (SELECT 1 FROM plain_subjects)').get() !== undefined;
}
