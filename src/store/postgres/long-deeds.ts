import { hostname } from 'node:os';
import type { Transaction } from './server.ts';

/** What keeps the whole gallery locked for longer, as the end of "The station x is ...". */
const deeds = {
  'reissue': 'putting all templates under a new key',
  'rekey': 'giving everybody new keys',
  'move': 'moving the gallery',
} as const;

/** How a connection of this station is called; PostgreSQL shows it to every user of the server and keeps 63 bytes of it. */
export const stationName = `Likeness on ${hostname().slice(0, 24)}`;

/** Within a transaction that holds the gallery, until its end: who waits in vain can read why. */
export async function sayDeed(transaction: Transaction, deed: keyof typeof deeds): Promise<void> {
  await transaction.all(`SELECT set_config('application_name', $1, true)`, [`${stationName}: ${deed}`]);
}

/** Who holds the gallery with what, "The station x is moving the gallery"; null where nobody says so. */
export async function longDeedOfOthers(on: Transaction): Promise<string | null> {
  const names = await on.all<{ name: string }>(
    `SELECT application_name AS name FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name LIKE 'Likeness on %: %' ORDER BY pid`,
  );
  for (const { name } of names) {
    const [, station, deed] = /^Likeness on (.*): (\w+)$/.exec(name) ?? [];
    if (deed !== undefined && deed in deeds) return `The station ${station!} is ${deeds[deed as keyof typeof deeds]}`;
  }
  return null;
}
