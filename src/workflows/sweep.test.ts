import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RequestError } from '../contract/request-error.ts';
import type { Job } from '../contract/jobs.ts';
import type { RequestInput } from '../contract/requests.ts';
import type { Laboratory } from './test-support/laboratory.ts';
import { addPeople, openLaboratory, refusal, writeFiles } from './test-support/laboratory.ts';

let laboratory: Laboratory;
let datasetId: string;
let folder: string;
beforeEach(async () => {
  laboratory = await openLaboratory();
  datasetId = await addPeople(laboratory);
  folder = join(laboratory.home, 'sweep');
});
afterEach(() => laboratory.leave());

/** Two epochs of three batches: what the fake engine does whatever it is asked for. */
const shared = { epochs: 2, batchesPerEpoch: 3, sampler: { name: 'm-per-class', classesPerBatch: 3, samplesPerClass: 2 } };
const order = (changes: Partial<RequestInput<'sweeps.start'>> = {}): RequestInput<'sweeps.start'> =>
  ({ datasetId, folder, items: ['nca', 'proxy-anchor'], recipe: shared, command: 'likeness sweep --epochs 2', ...changes });

async function sweep(changes: Partial<RequestInput<'sweeps.start'>> = {}): Promise<Job> {
  const { jobId } = await laboratory.ask('sweeps.start', order(changes));
  return laboratory.finished(jobId);
}

/** Every finished run, with when its file was written: a run that is done again has another moment. */
const finishedRuns = (): Record<string, number> =>
  Object.fromEntries(readdirSync(join(folder, 'runs')).filter((name) => name.endsWith('.json')).map((name) => [name, statSync(join(folder, 'runs', name)).mtimeMs]));

const runNamed = (key: string): { training: { durationMs: number | null; epochs: number }; figures: unknown } =>
  JSON.parse(readFileSync(join(folder, 'runs', `${key}.json`), 'utf8')) as never;

describe('a sweep', () => {
  it('trains every loss with every seed, measures it on the test people, and says what it found', async () => {
    const job = await sweep();
    expect(job).toMatchObject({ kind: 'sweep', state: 'done', title: 'Sweep of 2 losses on People' });
    expect(job.message).toMatch(/^10 of 10 runs are done\./);
    expect(Object.keys(finishedRuns()).sort()).toEqual([
      'nca.seed-1.json', 'nca.seed-2.json', 'nca.seed-3.json', 'proxy-anchor.seed-1.json', 'proxy-anchor.seed-2.json', 'proxy-anchor.seed-3.json',
      'raw-pixels.json', 'untrained.seed-1.json', 'untrained.seed-2.json', 'untrained.seed-3.json',
    ]);
    const { results, page } = await laboratory.ask('sweeps.results', { folder });
    expect(results).toMatchObject({ done: 10, runs: 10, seeds: [1, 2, 3], failures: [], comparisons: { mated: 24, nonMated: 96, searches: 16 } });
    expect(results.rows.map(({ kind }) => kind)).toEqual(['loss', 'loss', 'untrained', 'raw-pixels']);
    expect(results.rows[0]).toMatchObject({ keptEpochs: [1, 1, 1], behindBest: null });
    expect(results.rows[0]!.meanAveragePrecisionAtR.value).toBeGreaterThan(results.rows[2]!.meanAveragePrecisionAtR.value);
    expect(page).toContain('likeness sweep --epochs 2');
    expect(readFileSync(join(folder, 'results.md'), 'utf8')).toBe(page);
    expect(JSON.parse(readFileSync(join(folder, 'results.json'), 'utf8'))).toEqual(results);
    expect(readdirSync(join(folder, 'training'))).toEqual([]);
    expect(existsSync(join(folder, 'models', 'nca.seed-3.safetensors'))).toBe(true);
    // Nothing of it is among the models and runs of the desk.
    expect([await laboratory.ask('models.list', {}), await laboratory.ask('runs.list', {})]).toEqual([[], []]);
  });

  it('goes on after a cancel in the middle of a run, from its checkpoint, and does nothing twice', async () => {
    const long = { recipe: { ...shared, epochs: 40 } };
    const { jobId } = await laboratory.ask('sweeps.start', order(long));
    await laboratory.next((event) => event.type === 'job' && /^nca\.seed-2: epoch \d+ of 40/.test(event.job.message));
    await laboratory.ask('jobs.cancel', { jobId });
    expect(await laboratory.finished(jobId)).toMatchObject({ state: 'cancelled' });
    const before = finishedRuns();
    expect(Object.keys(before)).toHaveLength(6);
    const again = await sweep(long);
    expect(again.state).toBe('done');
    expect(again.log[0]).toBe('6 of 10 runs are done already.');
    expect(again.done).toBe(again.total);
    expect(finishedRuns()).toMatchObject(before);
    // A run that went on does not know how long its first half took; the fake says 9 ms an epoch.
    expect(runNamed('nca.seed-2').training).toMatchObject({ durationMs: null, epochs: 40 });
    expect(runNamed('nca.seed-3').training.durationMs).toBe(360);
    const third = await sweep(long);
    expect([third.state, third.total]).toEqual(['done', 0]);
    expect(finishedRuns()).toMatchObject(before);
  });

  it('survives the loss of the engine under a training', async () => {
    const { engines } = laboratory;
    engines.at('train', 2, () => setTimeout(() => engines.crash('batch'), 15));
    const job = await sweep({ recipe: { ...shared, epochs: 4 } });
    expect(job.state).toBe('done');
    expect(job.log.join('\n')).toMatch(/ended by SIGKILL.*proxy-anchor\.seed-1 goes on from its last checkpoint/);
    expect(engines.starts.batch).toBe(2);
  });

  it('goes on with the others when one run fails, names it, and tries it again when asked again', async () => {
    laboratory.engines.at('train', 3, () => { throw new RequestError('no-model', 'There is no text encoder here.'); });
    const job = await sweep();
    expect(job).toMatchObject({ state: 'done', message: expect.stringMatching(/^9 of 10 runs are done, 1 failed; asked again they are tried again/) });
    const { results, page } = await laboratory.ask('sweeps.results', { folder });
    expect(results.failures).toEqual([{ run: 'nca.seed-2', reason: 'There is no text encoder here.' }]);
    expect(page).toContain('- nca.seed-2: There is no text encoder here.');
    expect(results.rows.find(({ key }) => key === 'nca')!.meanAveragePrecisionAtR.bySeed).toHaveLength(2);
    await sweep();
    expect((await laboratory.ask('sweeps.results', { folder })).results).toMatchObject({ done: 10, failures: [] });
  });
});

describe('the folder of a sweep', () => {
  it('is refused to another plan, in words that say what differs', async () => {
    await sweep();
    expect(await refusal(sweep({ recipe: { ...shared, epochs: 5 } }))).toMatchObject({ code: 'conflict', message: expect.stringMatching(/holds another sweep: its recipes differ \(2 epochs there, 5 asked for\)\. Ask for the same/) });
    expect((await refusal(sweep({ seeds: [1, 2, 4] }))).message).toMatch(/its seeds are 1, 2, 3, not 1, 2, 4/);
    expect((await refusal(sweep({ items: ['nca'] }))).message).toMatch(/its losses are nca, proxy-anchor/);
    await laboratory.ask('datasets.resplit', { datasetId, split: { seed: 2, train: 0.34, validation: 0.33, test: 0.33 } });
    expect((await refusal(sweep())).message).toMatch(/its people are those of People \(\w{12}, split 1\), not of People \(\w{12}, split 2\)/);
  });

  it('must be empty or a sweep of its own', async () => {
    writeFiles(folder, { 'thesis.txt': 'mine' });
    expect(await refusal(sweep())).toMatchObject({ code: 'conflict', message: expect.stringMatching(/holds other files and no sweep/) });
    expect(await refusal(laboratory.ask('sweeps.results', { folder }))).toMatchObject({ code: 'not-found' });
    writeFileSync(join(folder, 'manifest.json'), '{"format":');
    expect(await refusal(sweep())).toMatchObject({ code: 'storage', message: expect.stringMatching(/is not the manifest of a sweep/) });
  });

  it('is at work for one sweep at a time', async () => {
    const { jobId } = await laboratory.ask('sweeps.start', order());
    expect(await refusal(sweep())).toMatchObject({ code: 'conflict', message: expect.stringMatching(/is at work in .* already/) });
    await laboratory.finished(jobId);
  });
});

describe('the plan of a sweep', () => {
  it('gives every loss as many batches of as many pictures, N-pair in pairs', async () => {
    await sweep({ items: ['n-pair', 'nca'], recipe: { epochs: 1 } });
    const { items } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as { items: { recipe: { batchesPerEpoch: number; sampler: object } }[] };
    expect(items.map(({ recipe }) => [recipe.batchesPerEpoch, recipe.sampler])).toEqual([
      [1, { name: 'n-pair', classesPerBatch: 16 }], [1, { name: 'm-per-class', classesPerBatch: 8, samplesPerClass: 4 }],
    ]);
  });

  it('is refused where losses would not share their conditions, or cannot be compared', async () => {
    expect(await refusal(sweep({ recipe: { loss: 'nca' } }))).toMatchObject({ code: 'bad-recipe', message: expect.stringMatching(/leave "loss" out/) });
    expect(await refusal(sweep({ recipe: { epochs: 0 } }))).toMatchObject({ code: 'bad-recipe', message: expect.stringMatching(/recipe of nca cannot be used: epochs/) });
    expect((await refusal(sweep({ items: ['magic'] }))).code).toBe('invalid-input');
    expect(await refusal(sweep({ leastImages: 5 }))).toMatchObject({ code: 'too-little-data', message: expect.stringMatching(/train part of People needs two people/) });
    await expect(laboratory.ask('sweeps.start', order({ seeds: [1, 2] }))).rejects.toThrow(/at least 3 seeds/);
    expect(existsSync(folder)).toBe(false);
  });
});
