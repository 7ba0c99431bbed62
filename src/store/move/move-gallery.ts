import { RequestError } from '../../contract/request-error.ts';
import { emptyWriteAheadLog } from '../checkpoint.ts';
import { listModels } from '../models.ts';
import { readAddress } from '../postgres/address.ts';
import { migrateServer } from '../postgres/migrate-server.ts';
import type { Server, Transaction } from '../postgres/server.ts';
import { connect } from '../postgres/server.ts';
import { readServerKeyring, writeServerKeyring } from '../postgres/shared-keyring.ts';
import type { SharedModel } from '../postgres/shared-models.ts';
import { publishModel, shareModel } from '../postgres/shared-models.ts';
import { lockGallery } from '../postgres/subject-statements.ts';
import { readKeyring } from '../protection/keyring.ts';
import { askForScrub, scrubIfAsked } from '../protection/scrub.ts';
import type { Database } from '../statement.ts';
import { sql } from '../statement.ts';
import type { Store } from '../store.ts';
import { removeServerAddress, writeServerAddress } from '../server-address.ts';
import type { PeopleDigest, PeoplePlace } from './people.ts';
import { digestPeople, isSameDigest } from './people.ts';
import { serverPeople } from './server-people.ts';
import { sqlitePeople } from './sqlite-people.ts';

/**
 * Moves everybody from the data folder to a server: copied as they lie, sealed, in one transaction there; read back and compared; only then
 * taken from here. After a crash in between, both have them, and moving again finds that they are the same and goes on.
 *
 * @throws RequestError('conflict') where the server holds others.
 */
export async function moveToServer({ database, vault }: Store, to: string, models: readonly SharedModel[]): Promise<PeopleDigest> {
  vault.keys();
  const server = connect(readAddress(to));
  try {
    await migrateServer(server);
    return await whileNobodyWrites(database, async () => {
      const moved = await server.transaction(async (transaction) => {
        await lockPeople(transaction);
        await prepareServer(transaction, { database, server, models });
        const copied = await copy({ from: sqlitePeople(database), to: serverPeople(transaction), place: server.address.text });
        await transaction.run(`UPDATE likeness.revisions SET value = value + 1`);
        return copied;
      });
      sql(database, 'DELETE FROM subjects').run();
      writeServerAddress(database, server.address.text);
      askForScrub(database);
      return moved;
    });
  } finally {
    await server.close();
    scrubIfAsked(database);
  }
}

/**
 * Moves everybody from the server into the data folder, the same way.
 *
 * @throws RequestError('conflict') where the folder holds others.
 */
export async function moveToFolder({ database, vault, server }: Store & { server: Server }): Promise<PeopleDigest> {
  vault.keys();
  const moved = await server.transaction(async (transaction) => {
    await lockPeople(transaction);
    const copied = await whileNobodyWrites(database, async () => {
      const done = await copy({ from: serverPeople(transaction), to: sqlitePeople(database), place: 'the data folder' });
      removeServerAddress(database);
      return done;
    });
    await transaction.run('DELETE FROM likeness.subjects');
    return copied;
  });
  await server.run('VACUUM likeness.templates, likeness.samples, likeness.subjects');
  emptyWriteAheadLog(database);
  return moved;
}

interface Copy {
  from: PeoplePlace;
  to: PeoplePlace;
  place: string;
}

async function copy({ from, to, place }: Copy): Promise<PeopleDigest> {
  if ((await to.listSubjectIdsAfter('', 1)).length > 0) {
    const [here, there] = [await digestPeople(from), await digestPeople(to)];
    if (isSameDigest(here, there)) return here;
    throw new RequestError('conflict', `There are people in ${place} already, and they are others. Move them away or delete them first; nothing was changed.`);
  }
  const sent = await digestPeople(from, (rows) => to.insert(rows));
  const arrived = await digestPeople(to);
  if (!isSameDigest(sent, arrived)) {
    throw new RequestError('storage', `What was written to ${place} reads otherwise than what was sent (${JSON.stringify({ sent, arrived })}). Nothing was changed; check the disks and try again.`);
  }
  return arrived;
}

async function lockPeople(transaction: Transaction): Promise<void> {
  // In the order in which every change takes them: keyring, revisions, rows.
  await transaction.run('LOCK TABLE likeness.keyring IN EXCLUSIVE MODE');
  await lockGallery(transaction);
  await transaction.run('LOCK TABLE likeness.subjects, likeness.samples, likeness.templates IN EXCLUSIVE MODE');
}

/** Keyring and models: without them nobody could make anything of the rows. */
async function prepareServer(transaction: Transaction, { database, server, models }: { database: Database; server: Server; models: readonly SharedModel[] }): Promise<void> {
  const [own, there] = [readKeyring(database)!, await readServerKeyring(transaction)];
  const isTaken = there !== undefined && there.storeId !== own.storeId && (await serverPeople(transaction).listSubjectIdsAfter('', 1)).length > 0;
  if (isTaken) throw new RequestError('conflict', `The gallery at ${server.address.text} belongs to other people with other keys. Choose another database; nothing was changed.`);
  await writeServerKeyring(transaction, own);
  for (const model of listModels(database)) await publishModel(transaction, model);
  for (const model of models) await shareModel(transaction, model);
}

/** One local transaction around work that waits for a server: other processes read meanwhile, and wait with what they write. */
async function whileNobodyWrites<Value>(database: Database, work: () => Promise<Value>): Promise<Value> {
  database.exec('BEGIN IMMEDIATE');
  try {
    const value = await work();
    database.exec('COMMIT');
    return value;
  } catch (error) {
    if (database.inTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
