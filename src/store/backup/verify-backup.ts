import { RequestError } from '../../contract/request-error.ts';
import type { BackupContent } from './read-files.ts';
import { readFiles } from './read-files.ts';
import type { BackupOrder } from './watched.ts';
import { databaseName } from './write-backup.ts';

const nothing = (): Promise<void> => Promise.resolve();

/** Reads a backup to its end without unpacking it: that it is whole, was not changed, and opens with this passphrase. @throws RequestError */
export async function verifyBackup(order: BackupOrder): Promise<BackupContent> {
  const names = new Set<string>();
  const content = await readFiles(order, { begin: async (name) => { names.add(name); }, write: nothing, end: nothing });
  if (!names.has(databaseName)) throw new RequestError('invalid-input', 'This backup holds no database, so nothing can be restored from it. Use another copy.');
  return content;
}
