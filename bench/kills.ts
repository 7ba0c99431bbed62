import type { KilledWork } from '../src/store/test-support/kill-rounds.ts';
import { killedAtServer, killedWorks, killRounds } from '../src/store/test-support/kill-rounds.ts';
import type { PostgresServer } from '../src/store/test-support/postgres-server.ts';
import { startPostgres, whyNoPostgres } from '../src/store/test-support/postgres-server.ts';

/**
 * A hundred kill -9 at random moments of enrolment, deletion, rotation, re-issue, migration and restore, with the gallery in the folder and, where there is
 * PostgreSQL, a hundred more with the gallery on a server; ends with an error when anything is lost.
 */
const kills = Number(process.argv[2] ?? 100);
if (!Number.isInteger(kills) || kills < killedAtServer.length) throw new Error(`npm run bench -- kills [NUMBER]: at least ${killedAtServer.length}.`);

let isWhole = true;
console.log('| Gallery | Work | kill -9 | Acknowledged before | Lost of these | Half there |\n|---|---|--:|--:|--:|--:|');

async function killAt(place: string, works: readonly KilledWork[], server: PostgresServer | null): Promise<number> {
  let done = 0;
  for (const [index, work] of works.entries()) {
    const share = Math.round(((index + 1) * kills) / works.length) - Math.round((index * kills) / works.length);
    const count = await killRounds(work, share, { random: Math.random, server });
    done += count.kills;
    console.log(`| ${place} | ${work} | ${count.kills} | ${count.acknowledged} | ${count.lost.length} | ${count.halfDone.length} |`);
    for (const sentence of [...count.lost, ...count.halfDone]) {
      isWhole = false;
      console.error(`bench: ${place}: ${work}: ${sentence}`);
    }
  }
  return done;
}

let done = await killAt('SQLite', killedWorks, null);
const reason = whyNoPostgres();
if (reason === null) {
  const server = await startPostgres();
  try {
    done += await killAt('PostgreSQL', killedAtServer, server);
  } finally {
    await server.remove();
  }
} else {
  console.error(`bench: the gallery on a server was left out: ${reason}.`);
}
console.log(`${done} kills.`);
process.exitCode = isWhole ? 0 : 1;
