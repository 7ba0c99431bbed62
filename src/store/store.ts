import { join } from 'node:path';
import type { AuditTrail } from './audit/audit-trail.ts';
import { auditTrail } from './audit/audit-trail.ts';
import { headFileName } from './audit/head-file.ts';
import { ensureSigningKeys } from './audit/signing-keys.ts';
import { finishRestore } from './backup/restore-backup.ts';
import type { Gallery } from './gallery.ts';
import type { JobLines } from './job-lines.ts';
import { sealedJobLines } from './job-lines.ts';
import { findModel } from './models.ts';
import { openDatabase } from './open-database.ts';
import { readAddress } from './postgres/address.ts';
import { migrateServer } from './postgres/migrate-server.ts';
import { followKeys } from './postgres/follow-keys.ts';
import { postgresRows } from './postgres/postgres-rows.ts';
import type { Server } from './postgres/server.ts';
import { connect } from './postgres/server.ts';
import { noticeNewerKeys, shareKeyring } from './postgres/shared-keyring.ts';
import { keyFileName } from './protection/key-file.ts';
import type { SystemKeyStore } from './protection/key-slots.ts';
import { readKeyring } from './protection/keyring.ts';
import { sealPlainRows } from './protection/seal-plain-rows.ts';
import { scrubIfAsked } from './protection/scrub.ts';
import type { Vault } from './protection/vault.ts';
import { openVault } from './protection/vault.ts';
import type { Receipts } from './receipts.ts';
import { signedReceipts } from './receipts.ts';
import { rowsNaming } from './rows-naming.ts';
import { scanFiles } from './scan-files.ts';
import { sealedGallery } from './sealed-gallery/sealed-gallery.ts';
import { sqliteRows } from './sealed-gallery/sqlite-rows.ts';
import { readServerAddress, writeServerAddress } from './server-address.ts';
import type { Database } from './statement.ts';

const databaseName = 'likeness.sqlite';

/** All that is kept on disk: the gallery behind its interface, everything else in this machine's database. */
export interface Store {
  database: Database;
  /** Where the gallery lies, if not in the database. */
  server: Server | null;
  vault: Vault;
  gallery: Gallery;
  jobLines: JobLines;
  receipts: Receipts;
  audit: AuditTrail;
  /** Whether another station has changed the gallery's keys: then this one is locked, unless its key file holds them already. */
  noticeNewerKeys(): Promise<boolean>;
  /** Forgets the keys and every name in memory. */
  lock(): void;
  /** What has to be done with keys and was left over: plain text of an earlier version is sealed, old pages are scrubbed. */
  settle(): void;
  /** The data folder is let go at once, a server in a moment. */
  close(): Promise<void>;
}

export interface StoreOptions {
  system?: SystemKeyStore | null;
  /** The name of whoever acts right now, for the audit; null for nobody. */
  actor?: () => string | null;
}

/** @throws RequestError('storage') where the folder cannot be used. */
export function openStore(home: string, options: StoreOptions = {}): Store {
  finishRestore(home);
  const database = openDatabase(join(home, databaseName));
  try {
    return assemble({ home, database, server: null }, options);
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * The same with the gallery on a PostgreSQL server that other stations may share. A data folder that is new becomes a station of it, and finds it
 * there from then on; one that had people or keys of its own does so for this once.
 *
 * @throws RequestError('storage') where the server does not answer, 'conflict' where this folder holds people of its own.
 */
export async function openSharedStore(home: string, address: string, options: StoreOptions = {}): Promise<Store> {
  const server = connect(readAddress(address));
  finishRestore(home);
  const database = openDatabase(join(home, databaseName));
  try {
    await migrateServer(server);
    const isNew = readKeyring(database) === undefined;
    await shareKeyring(database, server);
    const store = assemble({ home, database, server }, options);
    // A folder that was empty has its keyring only now.
    await shareKeyring(database, server);
    if (isNew) writeServerAddress(database, server.address.text);
    return store;
  } catch (error) {
    database.close();
    await server.close();
    throw error;
  }
}

/**
 * The store of a data folder, with the gallery where `chosen` says ("local": in the folder), else where it was moved to.
 */
export async function openChosenStore(home: string, chosen: string | null, options: StoreOptions = {}): Promise<Store> {
  const address = chosen ?? movedTo(home);
  return address === null || address === 'local' ? openStore(home, options) : openSharedStore(home, address, options);
}

function movedTo(home: string): string | null {
  finishRestore(home);
  const database = openDatabase(join(home, databaseName));
  try {
    return readServerAddress(database);
  } finally {
    database.close();
  }
}

interface Places {
  home: string;
  database: Database;
  server: Server | null;
}

function assemble({ home, database, server }: Places, { system = null, actor = () => null }: StoreOptions): Store {
  const vault = openVault({ database, keyFile: join(home, keyFileName), system });
  const [jobLines, receipts] = [sealedJobLines(database, vault), signedReceipts(database, vault)];
  const audit = auditTrail(database, vault, { headFile: join(home, headFileName), actor });
  const rows = server === null ? sqliteRows(database) : postgresRows(server, (modelId) => findModel(database, modelId));
  const sealed = sealedGallery({
    rows, vault, jobLines, receipts,
    // Audit and receipts name the reference, and they lie in the database.
    scanFiles: (wanted) => scanFiles(home, { ...wanted, mayHoldReference: (file) => file.startsWith(databaseName) }),
    rowsNaming: (name) => rowsNaming(database, name),
  });
  const notice = async (): Promise<boolean> => server !== null && noticeNewerKeys(database, server);
  const gallery = server === null ? sealed : followKeys(sealed, notice);
  const settle = (): void => {
    ensureSigningKeys(database, vault.keys());
    sealPlainRows(database, vault.keys());
    scrubIfAsked(database);
  };
  if (!vault.isLocked()) settle();
  const lock = (): void => {
    vault.lock();
    sealed.forget();
  };
  const close = async (): Promise<void> => {
    lock();
    database.close();
    await server?.close();
  };
  return { database, server, vault, gallery, jobLines, receipts, audit, noticeNewerKeys: notice, lock, settle, close };
}
