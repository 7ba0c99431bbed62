import { describe, expect, it } from 'vitest';
import { killedWorks, killRounds } from './test-support/kill-rounds.ts';

/** `npm run bench -- kills` does a hundred. */
const killsEach = 2;

describe('kill -9 at a random moment', () => {
  it.each(killedWorks)('of %s loses nothing that was acknowledged and leaves nothing half there', async (work) => {
    const count = await killRounds(work, killsEach, Math.random);
    console.log(`kill -9: ${count.work}, ${count.kills} kills, ${count.acknowledged} acknowledged, ${count.lost.length} lost, ${count.halfDone.length} half done`);
    expect(count).toMatchObject({ kills: killsEach, lost: [], halfDone: [] });
  });
});
