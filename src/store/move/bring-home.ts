import SQLite from 'better-sqlite3';
import type { Server } from '../postgres/server.ts';
import { requireServerEpoch } from '../postgres/shared-keyring.ts';
import { readEpoch } from '../protection/keyring.ts';
import { forgetNewerKeyring } from '../protection/newer-keyring.ts';
import { removeServerAddress } from '../server-address.ts';
import { sql } from '../statement.ts';
import { copyPeople, requireModels } from './copy-people.ts';
import type { PeopleDigest } from './people.ts';
import { serverPeople } from './server-people.ts';
import { sqlitePeople } from './sqlite-people.ts';
import { whileNobodyWrites } from './while-nobody-writes.ts';

/**
 * Puts the gallery of a server, as it is at one moment, into a copy of the data folder's database, which then is a gallery in a folder. People are
 * copied as they lie, sealed, a hundred at a time; stations go on working meanwhile.
 *
 * @throws RequestError('locked') when the keys were changed since the copy was made, 'conflict' when a model is missing here.
 */
export async function bringHome(file: string, server: Server): Promise<PeopleDigest> {
  const copy = new SQLite(file);
  try {
    copy.pragma('foreign_keys = ON');
    return await server.transaction(async (transaction) => {
      await transaction.run('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
      await requireServerEpoch(transaction, readEpoch(copy));
      await requireModels(copy, transaction);
      return whileNobodyWrites(copy, async () => {
        // Left by a move that was interrupted: the server's are the ones that count.
        sql(copy, 'DELETE FROM subjects').run();
        removeServerAddress(copy);
        forgetNewerKeyring(copy);
        return copyPeople({ from: serverPeople(transaction), to: sqlitePeople(copy), place: 'the backup' });
      });
    });
  } finally {
    copy.close();
  }
}
