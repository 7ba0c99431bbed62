import { sign, verify } from 'node:crypto';
import type { DeletionReceipt, ScanReport } from '../contract/requests/deletion.ts';
import { findSecret, newestNumber, privateKeyOf, publicKeyOf } from './audit/signing-keys.ts';
import { base64 } from './protection/key-slots.ts';
import type { StoreKeys } from './protection/store-keys.ts';
import type { Vault } from './protection/vault.ts';
import type { Database } from './statement.ts';
import { sql } from './statement.ts';

export type UnsignedReceipt = Omit<DeletionReceipt, 'signature'>;

/** Proofs of deletions: what went, and what a query and a scan found afterwards. They do not say who it was. */
export interface Receipts {
  /** Signs and keeps it. */
  keep(receipt: UnsignedReceipt): DeletionReceipt;
  list(): DeletionReceipt[];
  /** Whether each is as it was signed; null for one of an earlier version, which was not signed. */
  verify(): { receipt: DeletionReceipt; isGenuine: boolean | null }[];
}

interface Row extends Omit<DeletionReceipt, 'signature' | 'scan'> {
  /** JSON. */
  scan: string | null;
  key: number | null;
  signature: Uint8Array | null;
}

export function signedReceipts(database: Database, vault: Vault): Receipts {
  return {
    keep: (receipt) => {
      const [keys, key] = [vault.keys(), newestNumber(database, 'receipt')];
      const secret = findSecret(database, keys, { purpose: 'receipt', number: key })!;
      const row = { ...receipt, scan: receipt.scan && JSON.stringify(receipt.scan) };
      const signature = sign(null, wordsOf(row, keys, key), privateKeyOf(secret));
      insertReceipt(database, { ...row, key, signature });
      return { ...receipt, signature: base64(signature) };
    },
    list: () => listReceipts(database).map(fromRow),
    verify: () => {
      const keys = vault.keys();
      return listReceipts(database).map((row) => ({ receipt: fromRow(row), isGenuine: isGenuine(database, keys, row) }));
    },
  };
}

function isGenuine(database: Database, keys: StoreKeys, { key, signature, ...receipt }: Row): boolean | null {
  if (key === null || signature === null) return null;
  const secret = findSecret(database, keys, { purpose: 'receipt', number: key });
  return secret !== undefined && verify(null, wordsOf(receipt, keys, key), publicKeyOf(secret), signature);
}

/** What is signed: the receipt, and the store that gives it; a scan as it is kept, where there was one. Ed25519 (RFC 8032). */
function wordsOf({ subjectId, deletedAt, samples, templates, rowsLeft, filesScanned, filesLeft, scan }: Omit<Row, 'key' | 'signature'>, { storeId }: StoreKeys, key: number): Buffer {
  const words = ['likeness deletion', storeId, key, subjectId, deletedAt, samples, templates, rowsLeft, filesScanned, filesLeft];
  return Buffer.from(JSON.stringify(scan === null ? words : [...words, scan]));
}

function fromRow({ key: _key, signature, scan, ...receipt }: Row): DeletionReceipt {
  return { ...receipt, scan: scan === null ? null : (JSON.parse(scan) as ScanReport), signature: signature === null ? null : base64(signature) };
}

function listReceipts(database: Database): Row[] {
  return sql<Row>(
    database,
    `SELECT subject_id AS subjectId, deleted_at AS deletedAt, samples, templates, rows_left AS rowsLeft, files_scanned AS filesScanned,
       files_left AS filesLeft, scan, key, signature FROM deletion_receipts ORDER BY deleted_at, rowid`,
  ).all();
}

function insertReceipt(database: Database, receipt: Row): void {
  sql(
    database,
    `INSERT OR REPLACE INTO deletion_receipts (subject_id, deleted_at, samples, templates, rows_left, files_scanned, files_left, scan, key, signature)
     VALUES (@subjectId, @deletedAt, @samples, @templates, @rowsLeft, @filesScanned, @filesLeft, @scan, @key, @signature)`,
  ).run({ ...receipt });
}
