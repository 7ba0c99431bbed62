import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryHome } from '../../store/test-support/temporary-home.ts';
import type { ProtocolPair } from './comparison-list.ts';
import { protocolPairs } from './protocol-pairs.ts';
import { scoresHeader, scoresLine } from './score-comparisons.ts';

const noColumns = { header: [], cellsOf: () => [] };

it('finds samples again whose names are guarded from spreadsheets, and a failure to acquire as the lowest score', async () => {
  using home = temporaryHome();
  const scoresFile = join(home.path, 'scores.csv');
  const names = ['-p1/1.png', '@home, left/2.png', '=3.png'];
  const pair = (sampleA: string, sampleB: string): ProtocolPair => ({ sampleA, sampleB, subjectA: 'a', subjectB: 'a', isMated: true, split: '' });
  const scored = [{ ...pair(names[0]!, names[1]!), score: 0.25, imageA: '', imageB: '' }, { ...pair(names[1]!, names[2]!), score: -Infinity, imageA: '', imageB: '' }];
  writeFileSync(scoresFile, [scoresHeader(noColumns), ...scored.map((one) => scoresLine(one, noColumns))].join(''));
  const sides = names.map((name) => ({ name, subject: 'a', images: [name] }));
  const measured = { report: { id: 'protocol-1', figures: { development: null } }, scoresFile, sides } as unknown as Parameters<typeof protocolPairs>[0];
  const { samples, pairs } = await protocolPairs(measured, { kind: 'mated', order: 'worst', threshold: 0.5, limit: 10 });
  const shown = pairs.map(({ first, second, score }) => [samples[first]!.name, samples[second]!.name, score]);
  expect(shown).toEqual([[names[1], names[2], -Number.MAX_VALUE], [names[0], names[1], 0.25]]);
});
