import { RequestError } from '../../contract/request-error.ts';
import { gallery } from './migrations/0001-gallery.ts';
import { expiry } from './migrations/0002-expiry.ts';
import { sharedRotation } from './migrations/0003-shared-rotation.ts';
import { noStatistics } from './migrations/0004-no-statistics.ts';
import { cancelableGalleries } from './migrations/0005-cancelable-galleries.ts';
import { oneRevisionAStatement } from './migrations/0006-one-revision-a-statement.ts';
import type { Server, Transaction } from './server.ts';

/** Every change of the server's schema ever made, in order. Only ever added to: version n is the first n of them. */
export const serverMigrations: readonly string[] = [gallery, expiry, sharedRotation, noStatistics, cancelableGalleries, oneRevisionAStatement];

/** An arbitrary number by which stations that migrate at once wait for each other. */
const lockKey = 7_201_945;

/**
 * Brings the gallery on the server to the newest version, in one transaction; stations that come at once wait for each other.
 *
 * @throws RequestError('storage') when a newer Likeness has written it.
 */
export async function migrateServer(server: Server, target: number = serverMigrations.length): Promise<void> {
  await server.transaction(async (transaction) => {
    await transaction.all('SELECT pg_advisory_xact_lock($1)', [lockKey]);
    const version = await schemaVersion(transaction);
    if (version > serverMigrations.length) {
      throw new RequestError(
        'storage',
        `The gallery at ${server.address.text} was written by a newer Likeness (its schema is version ${version}, this one knows ${serverMigrations.length}). Update Likeness on this station.`,
      );
    }
    if (version >= target) return;
    for (const migration of serverMigrations.slice(version, target)) await transaction.run(migration);
    await transaction.run('UPDATE likeness.schema SET version = $1', [target]);
  });
}

/** Makes the schema where there is none; whoever only uses it need not be allowed to make one. */
async function schemaVersion(transaction: Transaction): Promise<number> {
  const [place] = await transaction.all<{ isThere: boolean }>(`SELECT to_regclass('likeness.schema') IS NOT NULL AS "isThere"`);
  if (!place!.isThere) {
    await transaction.run('CREATE SCHEMA IF NOT EXISTS likeness');
    await transaction.run('CREATE TABLE likeness.schema (id integer PRIMARY KEY CHECK (id = 1), version integer NOT NULL)');
    await transaction.run('INSERT INTO likeness.schema (id, version) VALUES (1, 0)');
  }
  const [row] = await transaction.all<{ version: number }>('SELECT version FROM likeness.schema');
  return row!.version;
}
