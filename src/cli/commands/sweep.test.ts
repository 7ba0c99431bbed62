import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Handlers } from '../../contract/requests.ts';
import type { SweepResults } from '../../contract/requests/sweeps.ts';
import { RequestError } from '../../contract/request-error.ts';
import { job, laboratory } from '../test-support/laboratory.ts';

let folder: string;
beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'likeness-sweep-')); });
afterAll(() => rm(folder, { recursive: true }));

const figure = (value: number, bySeed: number[]) => ({ value, low: value - 0.05, high: value + 0.05, bySeed });
const results: SweepResults = {
  done: 10, runs: 10, seeds: [1, 2, 3], replicates: 1000, failures: [], versions: {}, device: 'CPU', durationMs: 90_000, command: '', note: '', endedAt: 0,
  dataset: { name: 'orl', modality: 'face', sha256: 'abc', splitSeed: 1, leastImages: 1, parts: { test: { subjects: 10, images: 100 } } },
  budget: { network: 'small', parameters: 7, embeddingSize: 128, input: '56 x 56 x 1', epochs: 2, batchesPerEpoch: 8, batch: '32', optimizer: 'adam', schedule: 'cosine' },
  comparisons: { mated: 450, nonMated: 4500, searches: 100 },
  rows: [{
    key: 'nca', title: 'NCA', kind: 'loss', survey: 'eq. 15', setting: 'Goldberger 2004', meanAveragePrecisionAtR: figure(0.6, [0.5, 0.6, 0.7]),
    eer: figure(0.1, [0.09, 0.1, 0.11]), recallAt1: figure(0.9, [0.9, 0.9, 0.9]), behindBest: null, keptEpochs: [1, 1, 1], trainMs: 2000,
  }],
};

function desk(changes: Partial<Handlers> = {}): { asked: unknown[]; handlers: Partial<Handlers> } {
  const asked: unknown[] = [];
  const handlers: Partial<Handlers> = {
    'sweeps.start': (input) => { asked.push(input); return { jobId: 'job-1' }; },
    'sweeps.results': () => ({ results, page: '# The page\n' }),
    'jobs.get': () => job('done', { kind: 'sweep', message: '10 of 10 runs are done.' }),
    ...changes,
  };
  return { asked, handlers };
}

describe('sweep', () => {
  it('asks for what was typed, shows the table and writes the page', async () => {
    const { asked, handlers } = desk();
    const lab = laboratory(handlers);
    const recipe = join(folder, 'shared.json');
    await writeFile(recipe, '{"embeddingSize":64}');
    const report = join(folder, 'page.md');
    expect(await lab.run('sweep', '--dataset', 'orl', '--out', 'swept', '--losses', 'nca, arcface', '--recipe', recipe, '--epochs', '2', '--least-images', '3', '--report', report, '--note', "It's ORL.")).toBe(0);
    expect(asked).toEqual([{
      datasetId: 'dataset-1', folder: '/work/swept', items: ['nca', 'arcface'], seeds: [1, 2, 3], recipe: { embeddingSize: 64, epochs: 2 }, leastImages: 3, note: "It's ORL.",
      command: `npm run --silent likeness -- sweep --dataset orl --least-images 3 --losses 'nca, arcface' --recipe ${recipe} --epochs 2 --seeds 3 --out swept --report ${report} --note 'It'\\''s ORL.'`,
    }]);
    expect(lab.stdout()).toMatch(/NCA +60\.0 % \(55\.0 to 65\.0 %\) +50\.0 to 70\.0 +10\.0 % \(5\.0 to 15\.0 %\) +9\.0 to 11\.0 +90\.0 %/);
    expect(lab.stdout()).toContain('orl, 10 test persons with 100 pictures: 450 mated comparisons');
    expect(await readFile(report, 'utf8')).toBe('# The page\n');
  });

  it('takes the items of the survey where none are named, and gives all of it as JSON', async () => {
    const { asked, handlers } = desk();
    const lab = laboratory(handlers);
    expect(await lab.run('sweep', '--dataset', 'orl', '--out', '/tmp/swept', '--json')).toBe(0);
    expect(asked).toMatchObject([{ items: null, recipe: {}, leastImages: 1 }]);
    expect(JSON.parse(lab.stdout())).toEqual({ ...results, files: ['/tmp/swept/results.json', '/tmp/swept/results.md'] });
  });

  it('says each line of the log once, and at Ctrl-C how to go on', async () => {
    const lab = laboratory(desk({
      'jobs.get': () => job('running', { kind: 'sweep', title: 'Sweep', log: [] }),
      'jobs.cancel': () => {
        setTimeout(() => { lab.desk.tell({ type: 'job', job: job('cancelled', { title: 'Sweep' }) }); }, 5);
        return job('running');
      },
    }).handlers);
    const running = lab.run('sweep', '--dataset', 'orl', '--out', 'swept');
    await expect.poll(() => lab.desk.listeners.size).toBe(1);
    for (const log of [['1 of 10, a.'], ['1 of 10, a.'], ['1 of 10, a.', '2 of 10, b.']]) lab.desk.tell({ type: 'job', job: job('running', { title: 'Sweep', log }) });
    lab.interrupt();
    expect(await running).toBe(130);
    expect(lab.stderr().match(/1 of 10, a\./g)).toHaveLength(1);
    expect(lab.stderr()).toContain('2 of 10, b.');
    expect(lab.stderr()).toMatch(/Sweep: Cancelled\. The same command goes on where it stopped\.$/);
  });

  it('ends with 1 when a run failed, when the folder is of another sweep, and when the page cannot be written', async () => {
    const failed = laboratory(desk({ 'sweeps.results': () => ({ results: { ...results, done: 9, failures: [{ run: 'nca.seed-2', reason: 'It collapsed.' }] }, page: '' }) }).handlers);
    expect(await failed.run('sweep', '--dataset', 'orl', '--out', 'swept')).toBe(1);
    expect(failed.stdout()).toContain('Failed: nca.seed-2: It collapsed.');
    const other = laboratory(desk({ 'sweeps.start': () => { throw new RequestError('conflict', '/work/swept holds another sweep.'); } }).handlers);
    expect(await other.run('sweep', '--dataset', 'orl', '--out', 'swept')).toBe(1);
    expect(other.stderr()).toBe('Error: /work/swept holds another sweep.');
    const unwritable = laboratory(desk().handlers);
    expect(await unwritable.run('sweep', '--dataset', 'orl', '--out', 'swept', '--report', join(folder, 'gone', 'page.md'))).toBe(1);
    expect(unwritable.stderr()).toMatch(/could not be written: .*results\.md/);
  });

  it('wants a dataset, a folder and at least three seeds', async () => {
    expect(await laboratory({}).run('sweep', '--out', 'swept')).toBe(2);
    expect(await laboratory({}).run('sweep', '--dataset', 'orl')).toBe(2);
    expect(await laboratory({}).run('sweep', '--dataset', 'orl', '--out', 'swept', '--seeds', '2')).toBe(2);
  });
});
