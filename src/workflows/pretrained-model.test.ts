import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Job } from '../contract/jobs.ts';
import type { TemporaryHome } from '../store/test-support/temporary-home.ts';
import { temporaryHome } from '../store/test-support/temporary-home.ts';
import type { Laboratory } from './test-support/laboratory.ts';
import { openLaboratory, putFace, trainModel } from './test-support/laboratory.ts';

const passphrase = 'correct horse battery';
let place: TemporaryHome;
let laboratory: Laboratory;
let resources: string;
beforeEach(async () => {
  place = temporaryHome();
  resources = join(place.path, 'resources');
  laboratory = await openLaboratory({ resources });
});
afterEach(async () => {
  await laboratory.leave();
  place[Symbol.dispose]();
});

/** What the set-up does when it has fetched the face models (the engine here is a fake, and writes fake weights). */
function fetchFaceModels(): void {
  mkdirSync(join(place.path, '.cache', 'face-models'), { recursive: true });
  writeFileSync(join(place.path, '.cache', 'face-models', 'models.json'), '{}');
}

async function setUp(): Promise<Job | undefined> {
  const job = (await laboratory.ask('jobs.list', {})).find(({ kind }) => kind === 'pretrained');
  return job && laboratory.finished(job.id);
}

describe('the pretrained model', () => {
  it('is not spoken of where it was not fetched', async () => {
    expect(await setUp()).toBeUndefined();
    expect(await laboratory.ask('models.list', {})).toEqual([]);
  });

  it('is installed and put to use at the first start with it, and says what is known of it', async () => {
    fetchFaceModels();
    laboratory = await laboratory.reopen();
    expect(await setUp()).toMatchObject({ state: 'done', message: 'Pretrained faces is installed. It is the model in use.' });
    const [model, ...others] = await laboratory.ask('models.list', {});
    expect(others).toEqual([]);
    expect(model).toMatchObject({ source: 'pretrained', inUse: true, embeddingSize: 192, licence: expect.stringContaining('not stated'), trainedOn: expect.stringContaining('not stated') });
    laboratory = await laboratory.reopen();
    expect((await laboratory.ask('jobs.list', {})).filter(({ kind }) => kind === 'pretrained')).toHaveLength(1);
  });

  it('says with every figure that it may have seen who is judged', async () => {
    const { datasetId } = await trainModel(laboratory);
    fetchFaceModels();
    laboratory = await laboratory.reopen();
    await setUp();
    const { ask, finished, home } = laboratory;
    const modelId = (await ask('models.list', {})).find(({ source }) => source === 'pretrained')!.id;
    const evaluation = await ask('evaluations.start', { modelId, datasetId });
    expect(await finished(evaluation.jobId)).toMatchObject({ state: 'done' });
    const words = /^Pretrained faces was trained by others, on: not stated; celebrities are likely among it\. Whether people who are judged here/;
    expect((await ask('evaluations.get', { evaluationId: evaluation.evaluationId })).warnings).toContainEqual(expect.stringMatching(words));
    const protocol = await ask('protocols.run', { modelId, source: { kind: 'all-pairs', images: join(home, 'pictures') }, plan: { replicates: 20 } });
    expect(await finished(protocol.jobId)).toMatchObject({ state: 'done' });
    const { folder } = await ask('protocols.get', { protocolId: protocol.protocolId });
    expect(readFileSync(join(folder, 'report.md'), 'utf8')).toContain('Pretrained faces was trained by others');
  });

  it('does not push a model aside that was trained here, and makes no templates for nothing', async () => {
    await trainModel(laboratory);
    await laboratory.ask('enrol.images', { subject: { name: 'Anna' }, imageIds: [await putFace(laboratory, 'anna', 1)] });
    fetchFaceModels();
    laboratory = await laboratory.reopen();
    expect(await setUp()).toMatchObject({ message: 'Pretrained faces is installed. It can be chosen under Models.' });
    const models = await laboratory.ask('models.list', {});
    expect(models.map(({ source, inUse, templates }) => [source, inUse, templates])).toEqual([['pretrained', false, 0], ['trained-here', true, 1]]);
  });

  it('is there for a terminal too, at once', async () => {
    fetchFaceModels();
    const terminal = await openLaboratory({ resources, host: 'terminal' });
    expect(await terminal.ask('models.list', {})).toMatchObject([{ source: 'pretrained', inUse: true }]);
    expect(await terminal.ask('jobs.list', {})).toEqual([]);
    await terminal.leave();
  });

  it.each(['browser', 'terminal'] as const)('waits for a locked store, and is there once it is unlocked (%s)', async (host) => {
    await laboratory.ask('protection.protect', { next: passphrase });
    await laboratory.desk.close();
    fetchFaceModels();
    laboratory = await openLaboratory({ home: laboratory.home, resources, host });
    expect(await laboratory.ask('desk.state', {})).toMatchObject({ model: null, protection: { isLocked: true } });
    await laboratory.ask('protection.unlock', { passphrase });
    if (host === 'browser') expect(await setUp()).toMatchObject({ state: 'done', message: 'Pretrained faces is installed. It is the model in use.' });
    expect(await laboratory.ask('models.list', {})).toMatchObject([{ source: 'pretrained', inUse: true }]);
  });
});
