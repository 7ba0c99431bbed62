import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeskEvent } from '../contract/events.ts';
import type { Laboratory } from './test-support/laboratory.ts';
import { addPeople, openLaboratory, refusal, smallRecipe } from './test-support/laboratory.ts';

let laboratory: Laboratory;
beforeEach(async () => (laboratory = await openLaboratory()));
afterEach(() => laboratory.leave());

const isStep = (step: number) => (event: DeskEvent): boolean => event.type === 'run.step' && event.step.step === step;
const stepsOf = async ({ ask }: Laboratory, runId: string): Promise<number[]> => (await ask('runs.get', { runId })).steps.map(({ step }) => step);
const range = (count: number): number[] => [...Array(count).keys()];

describe('a run', () => {
  it('trains, keeps its curves, and makes a model of its best epoch, in use when it is the first', async () => {
    const { ask, finished, home, events } = laboratory;
    const datasetId = await addPeople(laboratory);
    const { runId, jobId } = await ask('runs.start', { datasetId, recipe: smallRecipe(3) });
    expect(await ask('runs.get', { runId })).toMatchObject({ run: { state: 'running', jobId, canResume: false } });
    expect((await refusal(ask('runs.remove', { runId }))).code).toBe('conflict');
    const job = await finished(jobId);
    expect(job).toMatchObject({ state: 'done', done: 9, total: 9, message: '3 epochs; the model is epoch 3 with a validation EER of 25.0 %.' });
    const { run, steps, epochs } = await ask('runs.get', { runId });
    expect(run).toMatchObject({ state: 'done', epoch: 3, bestValidationEer: 0.25, device: 'CPU, 1 GFLOP/s', parameters: 7, datasetName: 'People', canResume: false, error: null });
    expect(steps.map(({ step }) => step)).toEqual(range(9));
    expect(epochs.map(({ epoch, kept }) => [epoch, kept])).toEqual([[0, false], [1, false], [2, true]]);
    expect(events.filter(({ type }) => type === 'run.step')).toHaveLength(9);
    expect(events.filter(({ type }) => type === 'run.epoch')).toHaveLength(3);
    expect(events.filter(({ type }) => type === 'run.costliest')).toHaveLength(3);
    const [model] = await ask('models.list', {});
    expect(model).toMatchObject({ id: run.modelId, name: 'Small', source: 'trained-here', runId, epoch: 2, inUse: true, summary: 'small, triplet, 16-d', trainedOn: 'People' });
    expect(readFileSync(join(home, 'models', `${model!.id}.safetensors`), 'utf8')).toBe('weights of epoch 2');
    expect((await ask('desk.state', {})).model?.id).toBe(model!.id);
  });

  it('remembers which pictures cost most, shows them while it is there, and forgets them with it', async () => {
    const { ask, finished, desk } = laboratory;
    const datasetId = await addPeople(laboratory);
    const { runId, jobId } = await ask('runs.start', { datasetId, recipe: smallRecipe(2) });
    await finished(jobId);
    const { costliest } = await ask('runs.get', { runId });
    expect(costliest).toMatchObject({ epoch: 1, items: [{ cost: 0.7, positive: { isProxy: false, distance: 1 }, negative: { isProxy: true, cosine: 0.8 } }] });
    const { anchor, positive, negative } = costliest!.items[0]!;
    const shown = async (imageId: string | null): Promise<string> => new TextDecoder().decode((await desk.image(imageId!, 48)).bytes);
    expect(await shown(anchor.imageId)).toBe(`face ${anchor.subject} 1 at 48`);
    expect(await shown(positive!.imageId)).toBe(`face ${anchor.subject} 2 at 48`);
    expect(negative!.subject).not.toBe(anchor.subject);
    expect(await shown(negative!.imageId)).toBe(`face ${negative!.subject} 1 at 48`);
    await expect(desk.image(`${runId}.9999`, 48)).rejects.toMatchObject({ code: 'not-found' });
    await ask('runs.remove', { runId });
    await expect(desk.image(anchor.imageId!, 48)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('stops at once when it is cancelled, keeps its checkpoint, and goes on from there', async () => {
    const { ask, finished, next } = laboratory;
    const datasetId = await addPeople(laboratory);
    const { runId, jobId } = await ask('runs.start', { datasetId, recipe: smallRecipe(5) });
    await next(isStep(7));
    await ask('jobs.cancel', { jobId });
    expect(await finished(jobId)).toMatchObject({ state: 'cancelled' });
    expect((await ask('runs.get', { runId })).run).toMatchObject({ state: 'cancelled', canResume: true, epoch: 2, modelId: null });
    const resumed = await ask('runs.resume', { runId });
    expect((await refusal(ask('runs.resume', { runId }))).message).toMatch(/is at work already/);
    expect(await finished(resumed.jobId)).toMatchObject({ state: 'done' });
    expect(await stepsOf(laboratory, runId)).toEqual(range(15));
    expect((await ask('runs.get', { runId })).run).toMatchObject({ state: 'done', epoch: 5, canResume: false });
    expect((await refusal(ask('runs.resume', { runId }))).message).toMatch(/has ended; it cannot be resumed/);
  });

  it('goes on by itself from its last checkpoint when the engine is killed, and says so', async () => {
    const { ask, finished, next, engines } = laboratory;
    const datasetId = await addPeople(laboratory);
    const { runId, jobId } = await ask('runs.start', { datasetId, recipe: smallRecipe(4) });
    await next(isStep(5));
    const changed = next((event) => event.type === 'changed' && event.topic === 'runs');
    engines.crash('batch');
    await changed;
    expect((await ask('runs.get', { runId })).run).toMatchObject({ state: 'interrupted', error: expect.stringMatching(/ended unexpectedly/), canResume: false });
    const job = await finished(jobId);
    expect(job).toMatchObject({ state: 'done' });
    expect(job.log.join()).toMatch(/engine process for long work ended unexpectedly: it was ended by SIGKILL.*goes on from its last checkpoint/);
    expect(await stepsOf(laboratory, runId)).toEqual(range(12));
    expect((await ask('runs.get', { runId })).run.state).toBe('done');
    expect(engines.starts.batch).toBe(2);
  });

  it('is interrupted, with the reason, when the engine is killed twice; and can be resumed', async () => {
    const { ask, finished, engines, next } = laboratory;
    const datasetId = await addPeople(laboratory);
    const { runId, jobId } = await ask('runs.start', { datasetId, recipe: smallRecipe(4) });
    await next(isStep(4));
    engines.crash('batch');
    await next(isStep(4));
    engines.crash('batch');
    expect(await finished(jobId)).toMatchObject({ state: 'interrupted', error: { code: 'engine-lost' } });
    expect((await ask('runs.get', { runId })).run).toMatchObject({ state: 'interrupted', error: expect.stringMatching(/ended unexpectedly/), canResume: true });
    const resumed = await ask('runs.resume', { runId });
    expect(await finished(resumed.jobId)).toMatchObject({ state: 'done' });
    expect(await stepsOf(laboratory, runId)).toEqual(range(12));
  });

  it('that the closing of the desk interrupts can be resumed after the restart', async () => {
    const datasetId = await addPeople(laboratory);
    const { runId } = await laboratory.ask('runs.start', { datasetId, recipe: smallRecipe(4) });
    await laboratory.next(isStep(4));
    laboratory = await laboratory.reopen();
    const { ask, finished } = laboratory;
    expect((await ask('runs.get', { runId })).run).toMatchObject({ state: 'interrupted', canResume: true });
    expect((await ask('jobs.list', {}))[0]).toMatchObject({ kind: 'train', state: 'interrupted' });
    const { jobId } = await ask('runs.resume', { runId });
    expect(await finished(jobId)).toMatchObject({ state: 'done' });
    expect(await stepsOf(laboratory, runId)).toEqual(range(12));
  });

  it('sees the same samples after its dataset was split anew and removed', async () => {
    const { ask, finished, next } = laboratory;
    const datasetId = await addPeople(laboratory);
    const { runId, jobId } = await ask('runs.start', { datasetId, recipe: smallRecipe(3) });
    await next(isStep(3));
    await ask('jobs.cancel', { jobId });
    await finished(jobId);
    await ask('datasets.remove', { datasetId });
    expect((await ask('runs.get', { runId })).run).toMatchObject({ datasetId: null, datasetName: 'People', canResume: true });
    const resumed = await ask('runs.resume', { runId });
    expect(await finished(resumed.jobId)).toMatchObject({ state: 'done' });
  });

  it('waits for its turn behind another, and can be cancelled while it waits', async () => {
    const { ask, finished } = laboratory;
    const datasetId = await addPeople(laboratory);
    const [first, second] = [await ask('runs.start', { datasetId, recipe: smallRecipe(2) }), await ask('runs.start', { datasetId, recipe: smallRecipe(2) })];
    expect(await ask('jobs.get', { jobId: second.jobId })).toMatchObject({ state: 'queued' });
    await ask('jobs.cancel', { jobId: second.jobId });
    expect(await finished(second.jobId)).toMatchObject({ state: 'cancelled' });
    expect((await ask('runs.get', { runId: second.runId })).run.state).toBe('cancelled');
    expect(await finished(first.jobId)).toMatchObject({ state: 'done' });
  });

  it('is refused when its recipe cannot work with the dataset', async () => {
    const { ask } = laboratory;
    const datasetId = await addPeople(laboratory, 2, { pictures: 3 });
    await ask('datasets.resplit', { datasetId, split: { train: 0, validation: 0.5, test: 0.5 } });
    expect(await refusal(ask('runs.start', { datasetId, recipe: smallRecipe(1) }))).toMatchObject({ code: 'bad-recipe', message: expect.stringMatching(/0 subjects/) });
    expect(await ask('runs.list', {})).toEqual([]);
  });

  it('is removed with its folder, and its model stays', async () => {
    const { ask, finished, home } = laboratory;
    const datasetId = await addPeople(laboratory);
    const { runId, jobId } = await ask('runs.start', { datasetId, recipe: smallRecipe(1) });
    await finished(jobId);
    expect(existsSync(join(home, 'runs', runId))).toBe(true);
    await ask('runs.remove', { runId });
    expect(existsSync(join(home, 'runs', runId))).toBe(false);
    expect((await ask('models.list', {})).map((model) => model.runId)).toEqual([null]);
  });
});
