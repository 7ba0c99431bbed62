import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Job } from '../../contract/jobs.ts';
import type { Handlers } from '../../contract/requests.ts';
import { dataset, job, laboratory, model, recipe, run } from '../test-support/laboratory.ts';

let folder: string;
beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'likeness-cli-train-')); });
afterAll(() => rm(folder, { recursive: true }));

describe('train', () => {
  const presets = { 'recipes.presets': () => [{ id: 'nca.paper', title: 'NCA', citation: null, recipe }] };
  const check: Partial<Handlers> = { 'recipes.check': ({ recipe: written }) => ({ recipe: written as typeof recipe, problems: [{ path: 'epochs', message: 'is short', severity: 'warning' as const }] }) };

  it('starts the recipe with what was asked for, follows it, and shows the run', async () => {
    const started: unknown[] = [];
    const lab = laboratory({
      ...presets, ...check,
      'runs.start': (input) => { started.push(input); return { runId: 'run-1', jobId: 'job-1' }; },
      'runs.get': () => ({ run, steps: [], epochs: [], costliest: null }),
      'jobs.get': () => { setTimeout(finish, 5); return job('running'); },
    });
    const finish = (): void => {
      const step = { step: 5, epoch: 1, loss: 0.2, learningRate: 1e-3, activeShare: 1, positiveDistance: 0, negativeDistance: 0, skipped: {}, imagesPerSecond: 9, meanNorm: 1, meanCosine: 1, alarm: 'the network is collapsing' };
      lab.desk.tell({ type: 'run.step', runId: 'run-1', step });
      lab.desk.tell({ type: 'run.step', runId: 'run-1', step: { ...step, step: 6, alarm: null } });
      lab.desk.tell({ type: 'run.epoch', runId: 'run-1', epoch: { epoch: 1, step: 6, meanLoss: 2.5, validationEer: 0.1, learningRate: 1e-3, alarm: null, kept: true, durationMs: 1 } });
      lab.desk.tell({ type: 'job', job: job('done', { id: 'job-other' }) });
      lab.desk.tell({ type: 'job', job: job('done') });
    };
    expect(await lab.run('train', '--dataset', 'ORL', '--loss', 'nca', '--epochs', '2', '--name', 'short')).toBe(0);
    expect(started).toMatchObject([{ datasetId: 'dataset-1', recipe: { name: 'short', epochs: 2, loss: { name: 'nca' } } }]);
    expect(lab.stderr()).toBe('Note: epochs: is short\nTrain Faces: 3/12 steps, 1.5 steps/s, 6 s left\nstep 5: the network is collapsing\nepoch 2: loss 2.5000, validation EER 10.0 %, kept');
    expect(lab.stdout()).toMatch(/^Run: +Faces \(run-1\)/);
    expect(lab.desk.listeners.size).toBe(0);
  });

  it('takes the usual recipe for what the dataset shows, and leaves a written modality to be judged', async () => {
    const judged: unknown[] = [];
    const lab = laboratory({
      ...presets, 'datasets.list': () => [{ ...dataset, modality: 'finger' }],
      'recipes.check': ({ recipe: written }) => { judged.push((written as typeof recipe).modality); return { recipe: written as typeof recipe, problems: [] }; },
    });
    expect(await lab.run('train', '--dataset', 'ORL', '--loss', 'nca', '--check')).toBe(0);
    const written = join(folder, 'faces.json');
    await writeFile(written, JSON.stringify({ loss: 'triplet', modality: 'face' }));
    expect(await lab.run('train', '--dataset', 'ORL', '--recipe', written, '--check')).toBe(0);
    expect(judged).toEqual(['finger', 'face']);
  });

  it('says how to measure and use the model, which is not in use by itself', async () => {
    const known = [{ ...model, inUse: false }, { ...model, id: 'model-2', name: 'Pretrained faces' }];
    const lab = laboratory({
      'runs.resume': () => ({ runId: 'run-1', jobId: 'job-1' }), 'runs.get': () => ({ run, steps: [], epochs: [], costliest: null }), 'jobs.get': () => job('done'),
      'models.list': () => known,
    });
    expect(await lab.run('train', '--resume', 'latest')).toBe(0);
    expect(lab.stdout()).toMatch(/Pretrained faces stays in use\. To measure the new one: likeness evaluate --model faces-2 --baselines\n.*: likeness models use faces-2$/);
  });

  it('refuses to resume with another recipe, instead of passing over it', async () => {
    const lab = laboratory({});
    expect(await lab.run('train', '--resume', 'latest', '--epochs', '5', '--seed', '2')).toBe(2);
    expect(lab.stderr()).toMatch(/leave out --epochs, --seed/);
  });

  it('says what the job notes, each line once', async () => {
    const lab = laboratory({
      'runs.resume': () => ({ runId: 'run-1', jobId: 'job-1' }),
      'runs.get': () => ({ run, steps: [], epochs: [], costliest: null }),
      'jobs.get': () => { setTimeout(tell, 5); return job('running'); },
    });
    const mined = 'Before epoch 2: 20 semi-hard triplets in 21 training pictures.';
    const tell = (): void => {
      lab.desk.tell({ type: 'job', job: job('running', { log: ['a.png is left out: it is cut short.'] }) });
      lab.desk.tell({ type: 'job', job: job('running', { log: ['of another job'], subjectId: 'run-2', id: 'job-2' }) });
      lab.desk.tell({ type: 'job', job: job('done', { log: ['a.png is left out: it is cut short.', mined] }) });
    };
    expect(await lab.run('train', '--resume', 'latest')).toBe(0);
    expect(lab.stderr().split('\n').filter((line) => !line.startsWith('Train Faces'))).toEqual(['a.png is left out: it is cut short.', mined]);
  });

  it('mixes the datasets that are named, and checks the recipe against all of them', async () => {
    const [started, checked]: [unknown[], unknown[]] = [[], []];
    const lab = laboratory({
      ...presets,
      'datasets.list': () => [dataset, { ...dataset, id: 'dataset-2', name: 'yale' }],
      'recipes.check': (input) => { checked.push(input); return { recipe: input.recipe as typeof recipe, problems: [] }; },
      'runs.start': (input) => { started.push(input); return { runId: 'run-1', jobId: 'job-1' }; },
      'runs.get': () => ({ run, steps: [], epochs: [], costliest: null }),
      'jobs.get': () => job('done'),
    });
    expect(await lab.run('train', '--dataset', 'orl', '--dataset', 'yale')).toBe(0);
    expect(checked).toMatchObject([{ datasetId: 'dataset-1', moreDatasetIds: ['dataset-2'] }]);
    expect(started).toMatchObject([{ datasetId: 'dataset-1', moreDatasetIds: ['dataset-2'] }]);
  });

  it('says what speaks against a recipe without training it', async () => {
    const lab = laboratory({ ...presets, ...check });
    expect(await lab.run('train', '--dataset', 'ORL', '--loss', 'nca', '--check')).toBe(0);
    expect(lab.stdout()).toBe('warning: epochs: is short');
    const refused = laboratory({ ...presets, 'recipes.check': () => ({ recipe, problems: [{ path: 'miner', message: 'has nothing to choose', severity: 'error' as const }] }) });
    expect(await refused.run('train', '--dataset', 'ORL', '--loss', 'nca', '--check', '--json')).toBe(1);
    expect(JSON.parse(refused.stdout())).toMatchObject({ problems: [{ path: 'miner', severity: 'error' }] });
  });

  it('cancels at Ctrl-C, ends with 130 and says how to go on', async () => {
    const cancelled: string[] = [];
    const lab = laboratory({
      'runs.resume': () => ({ runId: 'run-1', jobId: 'job-1' }),
      'jobs.get': () => job('running'),
      'jobs.cancel': ({ jobId }) => {
        cancelled.push(jobId);
        setTimeout(() => { lab.desk.tell({ type: 'job', job: job('cancelled') }); }, 5);
        return job('running');
      },
    });
    const running = lab.run('train', '--resume', 'latest');
    await expect.poll(() => lab.desk.listeners.size).toBe(1);
    lab.interrupt();
    expect(await running).toBe(130);
    expect(cancelled).toEqual(['job-1']);
    expect(lab.stderr()).toMatch(/Cancelled\. To go on: likeness train --resume run-1$/);
  });

  it('ends with the words of a job that failed', async () => {
    const failed: Job = job('failed', { error: { code: 'too-little-data', message: 'orl has 1 person to train on; 2 are needed.' } });
    const lab = laboratory({ 'runs.resume': () => ({ runId: 'run-1', jobId: 'job-1' }), 'jobs.get': () => failed });
    expect(await lab.run('train', '--resume', 'Faces')).toBe(1);
    expect(lab.stderr()).toBe('Error: orl has 1 person to train on; 2 are needed.');
  });

  it('names the losses there are, and what is wrong with a recipe file', async () => {
    const lab = laboratory({ ...presets, ...check });
    expect(await lab.run('train', '--dataset', 'orl', '--loss', 'magic')).toBe(1);
    expect(lab.stderr()).toBe('Error: There is no loss "magic". Known: nca.');
    await writeFile(join(folder, 'broken.json'), '{');
    const broken = laboratory({ ...presets, ...check });
    expect(await broken.run('train', '--dataset', 'orl', '--recipe', join(folder, 'broken.json'))).toBe(1);
    expect(broken.stderr()).toMatch(/broken\.json is not JSON/);
    const wrong = laboratory({ 'recipes.presets': presets['recipes.presets'], 'recipes.check': () => ({ recipe: null, problems: [{ path: 'loss', message: 'Invalid input', severity: 'error' }] }) });
    expect(await wrong.run('train', '--dataset', 'orl')).toBe(1);
    expect(wrong.stderr()).toBe('Error: The recipe cannot be used: loss: Invalid input');
  });
});
