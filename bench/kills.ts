import { killedWorks, killRounds } from '../src/store/test-support/kill-rounds.ts';

/** A hundred kill -9 at random moments of enrolment, deletion, rotation, migration and restore; ends with an error when anything is lost. */
const kills = Number(process.argv[2] ?? 100);
if (!Number.isInteger(kills) || kills < killedWorks.length) throw new Error(`npm run bench -- kills [NUMBER]: at least ${killedWorks.length}.`);

let isWhole = true;
let done = 0;
console.log('| Work | kill -9 | Acknowledged before | Lost of these | Half there |\n|---|--:|--:|--:|--:|');
for (const [index, work] of killedWorks.entries()) {
  const share = Math.round(((index + 1) * kills) / killedWorks.length) - Math.round((index * kills) / killedWorks.length);
  const count = await killRounds(work, share, Math.random);
  done += count.kills;
  console.log(`| ${work} | ${count.kills} | ${count.acknowledged} | ${count.lost.length} | ${count.halfDone.length} |`);
  for (const sentence of [...count.lost, ...count.halfDone]) {
    isWhole = false;
    console.error(`bench: ${work}: ${sentence}`);
  }
}
console.log(`${done} kills.`);
process.exitCode = isWhole ? 0 : 1;
