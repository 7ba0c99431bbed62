import { join } from 'node:path';
import type { AuditTrail } from './audit/audit-trail.ts';
import { auditTrail } from './audit/audit-trail.ts';
import { headFileName } from './audit/head-file.ts';
import { ensureSigningKeys } from './audit/signing-keys.ts';
import { finishRestore } from './backup/restore-backup.ts';
import type { Gallery } from './gallery.ts';
import type { JobLines } from './job-lines.ts';
import { sealedJobLines } from './job-lines.ts';
import { openDatabase } from './open-database.ts';
import { keyFileName } from './protection/key-file.ts';
import type { SystemKeyStore } from './protection/key-slots.ts';
import { sealPlainRows } from './protection/seal-plain-rows.ts';
import { scrubIfAsked } from './protection/scrub.ts';
import type { Vault } from './protection/vault.ts';
import { openVault } from './protection/vault.ts';
import type { Receipts } from './receipts.ts';
import { signedReceipts } from './receipts.ts';
import { scanFiles } from './scan-files.ts';
import { sealedGallery } from './sealed-gallery/sealed-gallery.ts';
import { sqliteRows } from './sealed-gallery/sqlite-rows.ts';
import type { Database } from './statement.ts';

/** All that is kept on disk: the gallery behind its interface, everything else in this machine's database. */
export interface Store {
  database: Database;
  vault: Vault;
  gallery: Gallery;
  jobLines: JobLines;
  receipts: Receipts;
  audit: AuditTrail;
  /** Forgets the keys and every name in memory. */
  lock(): void;
  /** What has to be done with keys and was left over: plain text of an earlier version is sealed, old pages are scrubbed. */
  settle(): void;
  close(): void;
}

export interface StoreOptions {
  system?: SystemKeyStore | null;
}

/** @throws RequestError('storage') where the folder cannot be used. */
export function openStore(home: string, { system = null }: StoreOptions = {}): Store {
  finishRestore(home);
  const database = openDatabase(join(home, 'likeness.sqlite'));
  try {
    const vault = openVault({ database, keyFile: join(home, keyFileName), system });
    const [jobLines, receipts] = [sealedJobLines(database, vault), signedReceipts(database, vault)];
    const audit = auditTrail(database, vault, join(home, headFileName));
    const gallery = sealedGallery({ rows: sqliteRows(database), vault, jobLines, receipts, scanFiles: (traces) => scanFiles(home, traces) });
    const settle = (): void => {
      ensureSigningKeys(database, vault.keys());
      sealPlainRows(database, vault.keys());
      scrubIfAsked(database);
    };
    if (!vault.isLocked()) settle();
    const lock = (): void => {
      vault.lock();
      gallery.forget();
    };
    return { database, vault, gallery, jobLines, receipts, audit, lock, settle, close: () => { lock(); database.close(); } };
  } catch (error) {
    database.close();
    throw error;
  }
}
