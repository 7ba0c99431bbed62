import type { Database } from './statement.ts';
import { sql } from './statement.ts';

/** A value kept under a name; undefined when it was never set. */
export function readSetting(database: Database, key: string): unknown {
  const row = sql<{ value: string }>(database, 'SELECT value FROM settings WHERE key = @key').get({ key });
  return row === undefined ? undefined : JSON.parse(row.value);
}

export function writeSetting(database: Database, key: string, value: unknown): void {
  sql(
    database,
    `INSERT INTO settings (key, value) VALUES (@key, @value)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
  ).run({ key, value: JSON.stringify(value) });
}

export function removeSetting(database: Database, key: string): void {
  sql(database, 'DELETE FROM settings WHERE key = @key').run({ key });
}
