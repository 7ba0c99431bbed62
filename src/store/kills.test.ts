import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KillOptions } from './test-support/kill-rounds.ts';
import { killedAtServer, killedWorks, killRounds } from './test-support/kill-rounds.ts';
import type { PostgresServer } from './test-support/postgres-server.ts';
import { startPostgres, whyNoPostgres } from './test-support/postgres-server.ts';

/** `npm run bench -- kills` does a hundred. */
const killsEach = 2;
const reason = whyNoPostgres();

async function expectWhole(work: Parameters<typeof killRounds>[0], kills: number, server: KillOptions['server']): Promise<void> {
  const count = await killRounds(work, kills, { random: Math.random, server });
  console.log(`kill -9: ${count.work}, ${count.kills} kills, ${count.acknowledged} acknowledged, ${count.lost.length} lost, ${count.halfDone.length} half done`);
  expect(count).toMatchObject({ lost: [], halfDone: [] });
  expect(count.kills).toBeGreaterThanOrEqual(kills);
}

describe('kill -9 at a random moment', () => {
  it.each(killedWorks)('of %s loses nothing that was acknowledged and leaves nothing half there', (work) => expectWhole(work, killsEach, null));
});

describe.skipIf(reason !== null)('kill -9 at a random moment, with the gallery on a server,', () => {
  let postgres: PostgresServer;
  beforeAll(async () => { postgres = await startPostgres(); }, 60_000);
  afterAll(async () => { await postgres.remove(); }, 60_000);

  it.each(killedAtServer)('of %s loses nothing that was acknowledged and leaves nothing half there', (work) => expectWhole(work, 1, postgres), 60_000);
});
