import { RequestError } from '../contract/request-error.ts';
import type { Database } from './statement.ts';
import { inPlainWords } from './storage-error.ts';

const attempts = 3;

/**
 * Writes the log's pages into the database and cuts the log to nothing: old versions of pages are gone from the disk's
 * files. It waits for other processes' reads as long as the busy timeout.
 *
 * @throws RequestError('storage') when another process keeps reading.
 */
export function emptyWriteAheadLog(database: Database): void {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const [result] = inPlainWords(database.name, () => database.pragma('wal_checkpoint(TRUNCATE)')) as [{ busy: number }];
    if (result.busy === 0) return;
  }
  throw new RequestError(
    'storage',
    'The deletion is done, but another window of Likeness keeps old pages in use, so the log could not be wiped yet. ' +
      'Close the other windows; the log is wiped when the last of them ends.',
  );
}
