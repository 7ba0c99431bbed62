import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RequestInput } from '../contract/requests.ts';
import { forkEngine } from './fork-engine.ts';
import type { FinishedRun } from './sweep-runs.ts';
import type { Laboratory } from './test-support/laboratory.ts';
import { openLaboratory } from './test-support/laboratory.ts';

const checkout = join(import.meta.dirname, '..', '..');

let laboratory: Laboratory;
let datasetId: string;

/** Nine people of four pictures, three in each part, and the real engine. */
beforeAll(async () => {
  laboratory = await openLaboratory({ spawnEngine: () => forkEngine(join(checkout, 'src', 'engine', 'index.ts')), resources: join(checkout, 'no', 'resources') });
  for (let who = 1; who <= 9; who++) {
    for (let which = 1; which <= 4; which++) {
      const path = join(`person-0${who}`, `0${which}.png`);
      cpSync(join(checkout, 'resources', 'demo', 'faces', path), join(laboratory.home, 'pictures', path));
    }
  }
  const split = { seed: 1, train: 0.34, validation: 0.33, test: 0.33 };
  const added = await laboratory.ask('datasets.add', { name: 'Nine', path: join(laboratory.home, 'pictures'), split });
  await laboratory.finished(added.jobId);
  datasetId = added.datasetId;
});
afterAll(() => laboratory.leave());

/** Two losses, three seeds, two epochs, small enough for seconds. */
const order = (folder: string): RequestInput<'sweeps.start'> => ({
  datasetId, folder, items: ['triplet-euclidean', 'proxy-anchor'],
  recipe: {
    epochs: 2, batchesPerEpoch: 8, embeddingSize: 16, input: { width: 32, height: 32 },
    sampler: { name: 'm-per-class', classesPerBatch: 3, samplesPerClass: 3 },
  },
});

const runsIn = (folder: string): Map<string, { run: FinishedRun; writtenAt: number }> => new Map(
  readdirSync(join(folder, 'runs')).filter((name) => name.endsWith('.json')).map((name) => {
    const file = join(folder, 'runs', name);
    return [name, { run: JSON.parse(readFileSync(file, 'utf8')) as FinishedRun, writtenAt: statSync(file).mtimeMs }];
  }),
);

it('a sweep that was killed by kill -9 goes on where it stood, and ends as one that was never interrupted', async () => {
  const [whole, killed] = ['whole', 'killed'].map((name) => join(laboratory.home, name)) as [string, string];
  const child = spawn(process.execPath, [join(import.meta.dirname, 'test-support', 'killed-sweep.ts'), laboratory.home, JSON.stringify(order(killed))], { stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = once(child, 'exit');
  try {
    // In the middle of the fourth training: its first epoch is done, its second is not.
    const checkpoint = join(killed, 'training', 'proxy-anchor.seed-2', 'checkpoint-00001.json');
    await expect.poll(() => existsSync(checkpoint), { interval: 2, timeout: 150_000 }).toBe(true);
  } finally {
    // One that is left holds the standard error of the tests open, which then never end.
    child.kill('SIGKILL');
    await ended;
  }
  laboratory = await laboratory.reopen();
  const before = runsIn(killed);
  expect(before.size).toBe(7);
  expect(readdirSync(join(killed, 'training'))).toEqual(['proxy-anchor.seed-2']);

  const resumed = await laboratory.ask('sweeps.start', order(killed));
  const job = await laboratory.finished(resumed.jobId);
  expect(job).toMatchObject({ state: 'done', message: expect.stringMatching(/^10 of 10 runs are done/) });
  const after = runsIn(killed);
  for (const [name, { writtenAt }] of before) expect(after.get(name)?.writtenAt).toBe(writtenAt);
  // Its time is not known in one piece: it went on from the checkpoint, while the next one began at its beginning.
  expect(after.get('proxy-anchor.seed-2.json')!.run.training!.durationMs).toBeNull();
  expect(after.get('proxy-anchor.seed-3.json')!.run.training!.durationMs).toBeGreaterThan(0);

  await laboratory.finished((await laboratory.ask('sweeps.start', order(whole))).jobId);
  const figures = (folder: string): Record<string, unknown> =>
    Object.fromEntries([...runsIn(folder)].map(([name, { run }]) => [name, [run.figures, run.training?.keptEpoch, run.training?.weightsHash]]));
  expect(figures(killed)).toEqual(figures(whole));
});
