import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FusionOrder, FusionOutcome } from '../../contract/requests/score-files.ts';
import { seededRandom } from '../../evaluation/random.ts';
import { fuseScoreFiles } from './fuse-files.ts';

let folder: string;
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'likeness-fuse-')); });
afterAll(() => { rmSync(folder, { recursive: true }); });

const file = (name: string, lines: readonly string[], end = '\n'): string => {
  writeFileSync(join(folder, name), lines.join(end));
  return join(folder, name);
};

async function fuse(paths: string[], rule: FusionOrder['rule'], name: string): Promise<FusionOutcome> {
  const steps = fuseScoreFiles({ paths, rule, out: join(folder, name) });
  for (;;) {
    const step = await steps.next();
    if (step.done === true) return step.value;
    expect(step.value.done).toBeLessThanOrEqual(step.value.total);
  }
}

const rowsOf = (name: string): string[][] => readFileSync(join(folder, name), 'utf8').trim().split('\n').slice(1).map((line) => line.split(','));

it('writes the first file with the mean or the highest score; a failure to acquire leaves the word to the others', async () => {
  const one = file('one.csv', ['score,mated,subject_a,subject_b,place', '0.5,1,ann,,"a, b"', '-inf,0,ann,bob,c', '-inf,0,bob,cy,', ''], '\r\n');
  const other = file('other.csv', ['mated,score,subject_a', 'true,0.7,ann', '0,-0.25,ann', '0,-inf,bob']);
  expect(await fuse([one, other], 'sum', 'sum.csv')).toEqual({ file: join(folder, 'sum.csv'), rows: 3, weights: null, offset: null, learntFrom: null });
  expect(readFileSync(join(folder, 'sum.csv'), 'utf8')).toBe('score,mated,subject_a,subject_b,place\n0.6,1,ann,,"a, b"\n-0.25,0,ann,bob,c\n-inf,0,bob,cy,\n');
  await fuse([one, other], 'max', 'max.csv');
  expect(rowsOf('max.csv').map(([score]) => score)).toEqual(['0.7', '-0.25', '-inf']);
});

it('learns logistic weights from the development split alone, and gives the better source more', async () => {
  const random = seededRandom(3);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const rows = Array.from({ length: 1200 }, (_, at) => ({ mated: at % 2, split: at < 600 ? 'dev' : 'test' }));
  // The judged rows of the second source say the opposite of what it taught: weights that saw them would be others.
  const source = (name: string, separation: number, isTurned: boolean): string => file(name, ['score,mated,split', ...rows.map(({ mated, split }) =>
    `${(isTurned && split === 'test' ? -1 : 1) * mated * separation + normal()},${mated},${split}`)]);
  const paths = [source('good.csv', 3, false), source('weak.csv', 1, true)];
  const { weights, learntFrom } = await fuse(paths, 'logistic', 'logistic.csv');
  expect(learntFrom).toBe(600);
  expect(weights![0]! / weights![1]!).toBeGreaterThan(2);
  expect(weights![1]).toBeGreaterThan(0.5);
  const unmarked = file('unmarked.csv', ['score,mated', '0.5,1', '0.1,0']);
  await expect(fuse([unmarked, unmarked], 'logistic', 'nothing.csv')).rejects.toMatchObject({ code: 'invalid-input', message: expect.stringContaining('no row whose split is dev') });
});

it('refuses files about other comparisons with the row, and leaves nothing half written', async () => {
  const one = file('a.csv', ['score,mated,subject_a,subject_b', '0.5,1,ann,', '0.1,0,ann,bob']);
  const cases: [string, string[], RegExp][] = [
    ['swapped.csv', ['score,mated,subject_a,subject_b', '0.5,1,ann,', '0.1,0,ann,cy'], /Row 2 .*subject_b differs/],
    ['short.csv', ['score,mated', '0.5,1'], /short\.csv ends after 1 rows/],
    ['long.csv', ['score,mated', '0.5,1', '0.1,0', '0.2,0'], /long\.csv has more rows/],
    ['bad.csv', ['score,mated', '0.5,1', 'many,0'], /Row 2: the score is 'many'/],
    ['none.csv', ['points,mated', '0.5,1'], /none\.csv has no column score/],
  ];
  for (const [name, lines, message] of cases) {
    await expect(fuse([one, file(name, lines)], 'sum', 'fused.csv'), name).rejects.toMatchObject({ code: 'invalid-input', message: expect.stringMatching(message) });
  }
  await expect(fuse([one, join(folder, 'not-there.csv')], 'sum', 'fused.csv')).rejects.toMatchObject({ code: 'not-found' });
  await expect(fuse([one, one], 'sum', 'a.csv')).rejects.toMatchObject({ code: 'conflict' });
  expect(readdirSync(folder).filter((name) => name.startsWith('fused'))).toEqual([]);
});
