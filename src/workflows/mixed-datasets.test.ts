import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TrainRequest } from '../contract/engine-port.ts';
import { listRunSamples } from '../store/runs.ts';
import { openDatabase } from '../store/open-database.ts';
import type { Laboratory } from './test-support/laboratory.ts';
import { openLaboratory, refusal, smallRecipe, writeFiles } from './test-support/laboratory.ts';
import { trainRequest } from './train-run.ts';

let laboratory: Laboratory;
beforeEach(async () => (laboratory = await openLaboratory()));
afterEach(() => laboratory.leave());

const split = { seed: 1, train: 0.5, validation: 0.5, test: 0 };

/** People p1, p2… with two pictures each that no other dataset has. */
async function addSet(name: string, people: number, about: { modality?: 'face' | 'finger'; pixels?: string } = {}): Promise<string> {
  const files: Record<string, string> = {};
  for (let who = 1; who <= people; who++) for (const which of [1, 2]) files[`p${who}/${which}.png`] = `face ${about.pixels ?? name}-${who} ${which}`;
  const path = writeFiles(join(laboratory.home, 'pictures', name), files);
  const { datasetId, jobId } = await laboratory.ask('datasets.add', { name, path, split, ...(about.modality && { modality: about.modality }) });
  expect(await laboratory.finished(jobId)).toMatchObject({ state: 'done' });
  return datasetId;
}

async function requestOf(runId: string): Promise<Pick<TrainRequest, 'train' | 'validation' | 'classNames'>> {
  const database = openDatabase(join(laboratory.home, 'likeness.sqlite'));
  const request = trainRequest((await laboratory.ask('runs.get', { runId })).run, listRunSamples(database, runId));
  database.close();
  return request;
}

describe('a run on several datasets', () => {
  it('learns from the training people of each, and takes no two for one because they have the same name', async () => {
    const { ask, finished } = laboratory;
    const [first, second] = [await addSet('Alpha', 6), await addSet('Beta', 9)];
    const { runId, jobId } = await ask('runs.start', { datasetId: first, moreDatasetIds: [second], recipe: smallRecipe(1) });
    expect(await finished(jobId)).toMatchObject({ state: 'done' });
    expect((await ask('runs.get', { runId })).run.datasetName).toBe('Alpha + Beta');
    const { train, validation, classNames } = await requestOf(runId);
    for (const [samples, part] of [[train, 'train'], [validation, 'validation']] as const) {
      for (const [dataset, datasetId] of [first, second].entries()) {
        const { subjects } = await ask('datasets.subjects', { datasetId, part, limit: 100 });
        const own = samples.filter((sample) => sample.dataset === dataset);
        expect(new Set(own.map(({ label }) => label)).size).toBe(subjects.length);
        expect(new Set(own.map(({ path }) => path.split('/').slice(-3, -1).join('/')))).toEqual(new Set(subjects.map(({ name }) => `${['Alpha', 'Beta'][dataset]}/${name}`)));
      }
      for (const ofOne of Map.groupBy(samples, ({ label }) => label).values()) expect(new Set(ofOne.map(({ dataset }) => dataset)).size).toBe(1);
    }
    expect(classNames).toHaveLength(new Set(train.map(({ label }) => label)).size);
    expect(new Set(classNames).size).toBe(classNames.length);
    expect(classNames.some((name) => name.endsWith('(Beta)'))).toBe(true);
  });

  it('is checked against all of them', async () => {
    const [first, second] = [await addSet('Alpha', 3), await addSet('Beta', 3)];
    const recipe = { loss: { name: 'proxy-anchor' }, sampler: { name: 'm-per-class', classesPerBatch: 1 } };
    const check = await laboratory.ask('recipes.check', { recipe, datasetId: first, moreDatasetIds: [second] });
    expect(check.problems).toContainEqual(expect.objectContaining({ path: 'sampler.classesPerBatch', severity: 'error', message: 'A batch of 1 cannot hold all 2 datasets.' }));
    expect((await laboratory.ask('recipes.check', { recipe, datasetId: first })).problems.filter(({ message }) => message.includes('datasets'))).toEqual([]);
  });

  it('is refused with a dataset twice, with faces and fingers, and with a picture that two of them hold', async () => {
    const { ask } = laboratory;
    const [first, finger, copy] = [await addSet('Alpha', 6), await addSet('Prints', 6, { modality: 'finger' }), await addSet('Copy', 6, { pixels: 'Alpha' })];
    const start = (...moreDatasetIds: string[]) => refusal(ask('runs.start', { datasetId: first, moreDatasetIds, recipe: smallRecipe(1) }));
    expect(await start(first)).toEqual({ code: 'bad-dataset', message: 'Alpha is named twice. Name each dataset once.' });
    expect((await start(finger)).message).toBe('Alpha shows faces and Prints fingers: one network cannot learn both at once. Train a model for each.');
    expect(await start(copy)).toMatchObject({ code: 'bad-dataset', message: expect.stringMatching(/pictures of Copy are also in Alpha \(p\d\/1\.png is p\d\/1\.png\): the same person would count as two/) });
    expect(await ask('runs.list', {})).toEqual([]);
  });
});
