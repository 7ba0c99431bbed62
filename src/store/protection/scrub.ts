import { emptyWriteAheadLog } from '../checkpoint.ts';
import { readSetting, removeSetting, writeSetting } from '../settings.ts';
import type { Database } from '../statement.ts';
import { inPlainWords } from '../storage-error.ts';

const pendingKey = 'scrub-pending';

/** Within the transaction that makes old pages worthless: notes that they have to go from the files too. */
export function askForScrub(database: Database): void {
  writeSetting(database, pendingKey, true);
}

/**
 * Writes the database anew without free pages, and empties its log. A scrub that was noted and not finished (a crash, another
 * window that was reading) is done at the next start.
 */
export function scrubIfAsked(database: Database): void {
  if (readSetting(database, pendingKey) !== true) return;
  inPlainWords(database.name, () => database.exec('VACUUM'));
  emptyWriteAheadLog(database);
  removeSetting(database, pendingKey);
}
