import { chmodSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import SQLite from 'better-sqlite3';
import { RequestError } from '../contract/request-error.ts';
import { migrate } from './migrate.ts';
import type { Database } from './statement.ts';
import { inPlainWords } from './storage-error.ts';

const busyTimeoutMs = 10_000;

/**
 * Opens the desk's database for reading and writing, making and migrating it where needed. Several processes may do so.
 *
 * @throws RequestError('storage') for a folder that cannot be written, a damaged file, a newer schema.
 */
export function openDatabase(file: string): Database {
  makePrivateFolder(dirname(file));
  return inPlainWords(file, () => {
    const database = new SQLite(file, { timeout: busyTimeoutMs });
    try {
      configure(database);
      migrate(database);
      chmodSync(file, 0o600);
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  });
}

function configure(database: Database): void {
  database.pragma('journal_mode = WAL');
  // FULL: what was acknowledged survives a power cut, not only a crash of the process.
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  // Deleted content is overwritten with zeros, not only forgotten.
  database.pragma('secure_delete = ON');
  // Sorting spills to memory: no temporary file ever holds a person's data.
  database.pragma('temp_store = MEMORY');
  // Rows that a trigger or cascade changes count as changes to triggers too.
  database.pragma('recursive_triggers = ON');
}

function makePrivateFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new RequestError(
      'storage',
      `The data folder ${folder} cannot be made (${reason}). Give yourself write permission there, or choose another data folder.`,
    );
  }
}
