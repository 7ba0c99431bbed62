import { RequestError } from '../../contract/request-error.ts';
import { emptyWriteAheadLog } from '../checkpoint.ts';
import { listModels } from '../models.ts';
import { readAddress } from '../postgres/address.ts';
import { sayDeed } from '../postgres/long-deeds.ts';
import { migrateServer } from '../postgres/migrate-server.ts';
import type { Server, Transaction } from '../postgres/server.ts';
import { connect } from '../postgres/server.ts';
import { readServerKeyring, requireServerEpoch, writeServerKeyring } from '../postgres/shared-keyring.ts';
import type { SharedModel } from '../postgres/shared-models.ts';
import { publishModel, shareModel } from '../postgres/shared-models.ts';
import { lockGallery } from '../postgres/subject-statements.ts';
import { readKeyring } from '../protection/keyring.ts';
import type { ProtectionRow } from '../sealed-gallery/protection-rows.ts';
import { askForScrub, scrubIfAsked } from '../protection/scrub.ts';
import type { Database } from '../statement.ts';
import { sql } from '../statement.ts';
import type { Store } from '../store.ts';
import { removeServerAddress, writeServerAddress } from '../server-address.ts';
import { copyPeople, requireModels } from './copy-people.ts';
import type { PeopleDigest } from './people.ts';
import { serverPeople } from './server-people.ts';
import { sqlitePeople } from './sqlite-people.ts';
import { whileNobodyWrites } from './while-nobody-writes.ts';

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
        const copied = await copyPeople({ from: sqlitePeople(database), to: serverPeople(transaction), place: server.address.text });
        await transaction.run(`UPDATE likeness.revisions SET value = value + 1`);
        return copied;
      });
      sql(database, 'DELETE FROM subjects').run();
      await sqlitePeople(database).writeProtection(unprotected);
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
 * @throws RequestError('conflict') where the folder holds others, 'locked' where another station has given the gallery new keys.
 */
export async function moveToFolder({ database, vault, server }: Store & { server: Server }): Promise<PeopleDigest> {
  const { epoch } = vault.keys();
  const moved = await server.transaction(async (transaction) => {
    await lockPeople(transaction);
    await requireServerEpoch(transaction, epoch);
    await requireModels(database, transaction);
    const copied = await whileNobodyWrites(database, async () => {
      const done = await copyPeople({ from: serverPeople(transaction), to: sqlitePeople(database), place: 'the data folder' });
      removeServerAddress(database);
      return done;
    });
    // Templates and pictures first: all of them in one statement each, and not person by person.
    await transaction.run('DELETE FROM likeness.templates');
    await transaction.run('DELETE FROM likeness.samples');
    await transaction.run('DELETE FROM likeness.subjects');
    await serverPeople(transaction).writeProtection(unprotected);
    return copied;
  });
  await server.run('VACUUM likeness.next_templates, likeness.templates, likeness.template_protections, likeness.samples, likeness.subjects');
  emptyWriteAheadLog(database);
  return moved;
}

/** What an emptied place has. */
const unprotected: ProtectionRow = { id: '', transform: 'none', key: null, createdAt: 0 };

async function lockPeople(transaction: Transaction): Promise<void> {
  // In the order in which every change takes them: keyring, revisions, rows.
  await transaction.run('LOCK TABLE likeness.keyring IN EXCLUSIVE MODE');
  await lockGallery(transaction);
  await sayDeed(transaction, 'move');
  await transaction.run('LOCK TABLE likeness.subjects, likeness.samples, likeness.templates, likeness.template_protections IN EXCLUSIVE MODE');
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
