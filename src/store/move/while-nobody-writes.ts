import type { Database } from '../statement.ts';

/** One local transaction around work that waits for a server: other processes read meanwhile, and wait with what they write. */
export async function whileNobodyWrites<Value>(database: Database, work: () => Promise<Value>): Promise<Value> {
  database.exec('BEGIN IMMEDIATE');
  try {
    const value = await work();
    database.exec('COMMIT');
    return value;
  } catch (error) {
    if (database.inTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
