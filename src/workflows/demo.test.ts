import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TemporaryHome } from '../store/test-support/temporary-home.ts';
import { temporaryHome } from '../store/test-support/temporary-home.ts';
import { recipeSchema } from '../contract/recipe/recipe.ts';
import type { DemoDescription } from './demo-resources.ts';
import type { Laboratory } from './test-support/laboratory.ts';
import { openLaboratory, putFace, refusal, writeFiles } from './test-support/laboratory.ts';

const people = 12;
const pictures = 8;

/** A demo like the shipped one, of fake pictures: 12 people of 8, one third in each part. */
function writeDemo(resources: string): void {
  const weights = 'weights of the demo';
  const description: DemoDescription = {
    title: 'Fake faces', credit: 'Nobody',
    dataset: { name: 'Fake faces', split: { seed: 1, train: 0.34, validation: 0.33, test: 0.33 } },
    model: {
      name: 'Demo', licence: 'none', recipe: recipeSchema.parse({ loss: { name: 'triplet' }, embeddingSize: 16 }), epoch: 1, validationEer: 0.1,
      weightsHash: createHash('sha256').update(weights).digest('hex'), trainedOn: 'Fake faces', trainingSamples: [{ subject: 'p1', pixelHash: 'p' }],
    },
    origin: { madeBy: 'a test', device: 'none', testEer: 0.1, seconds: 1 },
  };
  const files: Record<string, string> = { 'demo/demo.json': JSON.stringify(description), 'demo/demo.safetensors': weights };
  let manifest = 'path,subject\n';
  for (let who = 1; who <= people; who++) {
    for (let which = 1; which <= pictures; which++) {
      files[`demo/faces/p${who}/${which}.png`] = `face p${who} ${which}`;
      manifest += `p${who}/${which}.png,p${who}\n`;
    }
  }
  writeFiles(resources, { ...files, 'demo/faces/manifest.csv': manifest });
}

let shipped: TemporaryHome;
let laboratory: Laboratory;
beforeEach(async () => {
  shipped = temporaryHome();
  writeDemo(shipped.path);
  laboratory = await openLaboratory({ resources: shipped.path });
});
afterEach(async () => {
  await laboratory.leave();
  shipped[Symbol.dispose]();
});

const demoJob = async (): Promise<string> => (await laboratory.ask('jobs.list', {})).find(({ kind }) => kind === 'demo')!.id;

describe('the demo', () => {
  it('stands there at once on an empty desk, and a job computes the rest', async () => {
    const { ask, finished } = laboratory;
    expect(await ask('datasets.list', {})).toMatchObject([{ name: 'Fake faces', isDemo: true, credit: 'Nobody' }]);
    expect(await ask('desk.state', {})).toMatchObject({ project: { isDemo: true }, model: { name: 'Demo', source: 'shipped', inUse: true } });
    const job = await finished(await demoJob());
    expect(job).toMatchObject({ state: 'done', message: expect.stringMatching(/The demo is ready: 4 people enrolled/) });
    const { subjects } = await ask('subjects.list', {});
    expect(subjects.map(({ samples, templates }) => [samples, templates])).toEqual(Array(4).fill([5, 5]));
    const [dataset] = await ask('datasets.list', {});
    expect(dataset).toMatchObject({ state: 'ready', subjects: 12, images: 96 });
    const [evaluation] = await ask('evaluations.list', {});
    expect((await ask('evaluations.get', { evaluationId: evaluation!.id })).systems.map(({ kind }) => kind)).toEqual(['model', 'untrained', 'raw-pixels']);
    // 384 non-mated comparisons: an FMR of 0.1 rests on 38 false matches, 0.01 on 3.
    expect(await ask('thresholds.get', {})).toMatchObject({ targetFmr: 0.1, evaluationId: evaluation!.id });
  });

  it('leaves pictures of everybody that are not enrolled, to try as probes', async () => {
    const { ask, finished } = laboratory;
    await finished(await demoJob());
    const [dataset] = await ask('datasets.list', {});
    const { subjects } = await ask('datasets.subjects', { datasetId: dataset!.id, part: 'test' });
    for (const { name, images } of subjects) {
      const found = await ask('identify.search', { probe: images[7]!.imageId });
      expect(found).toMatchObject({ searched: 4, candidates: [{ name, isAboveThreshold: true }, {}, {}, {}] });
    }
  });

  it('is not made again at the next start, nor on a desk that holds something, nor for a terminal', async () => {
    await laboratory.finished(await demoJob());
    laboratory = await laboratory.reopen();
    expect((await laboratory.ask('jobs.list', {})).filter(({ kind }) => kind === 'demo')).toHaveLength(1);
    const terminal = await openLaboratory({ resources: shipped.path, host: 'terminal' });
    expect(await terminal.ask('datasets.list', {})).toEqual([]);
    await terminal.leave();
  });

  it('is finished at the next start when it was interrupted', async () => {
    const { engines } = laboratory;
    await new Promise<void>((resolve) => engines.at('embed', 3, resolve));
    laboratory = await laboratory.reopen();
    const jobs = await laboratory.ask('jobs.list', {});
    expect(jobs.map(({ kind, state }) => [kind, state === 'interrupted'])).toEqual([['demo', false], ['demo', true]]);
    expect(await laboratory.finished(jobs[0]!.id)).toMatchObject({ state: 'done' });
    expect((await laboratory.ask('subjects.list', {})).subjects.map(({ samples }) => samples)).toEqual([5, 5, 5, 5]);
    expect(await laboratory.ask('evaluations.list', {})).toHaveLength(1);
  });

  it('is reset without touching what is the user\'s own', async () => {
    const { ask, finished } = laboratory;
    await finished(await demoJob());
    const before = (await ask('subjects.list', {})).subjects;
    await ask('enrol.images', { subject: { name: 'Anna' }, imageIds: [await putFace(laboratory, 'anna', 1)] });
    await ask('enrol.images', { subject: { subjectId: before[0]!.id }, imageIds: [await putFace(laboratory, 'own', 1)] });
    await ask('subjects.delete', { subjectId: before[1]!.id, typedName: before[1]!.name });
    const [evaluation] = await ask('evaluations.list', {});
    const { jobId } = await ask('demo.reset', {});
    expect(await refusal(ask('demo.reset', {}))).toMatchObject({ code: 'conflict' });
    expect(await finished(jobId)).toMatchObject({ state: 'done' });
    const after = (await ask('subjects.list', {})).subjects;
    expect(after.map(({ name, samples }) => [name, samples])).toEqual([['Anna', 1], ...before.map(({ name }, index) => [name, index === 0 ? 6 : 5])].sort());
    expect(after.find(({ name }) => name === before[0]!.name)!.id).toBe(before[0]!.id);
    expect((await ask('evaluations.list', {})).map(({ id }) => id)).not.toContain(evaluation!.id);
    expect(await ask('datasets.list', {})).toHaveLength(1);
    expect(await ask('models.list', {})).toHaveLength(1);
  });

  it('that does not ship cannot be reset', async () => {
    await laboratory.finished(await demoJob());
    rmSync(join(shipped.path, 'demo'), { recursive: true });
    expect(await refusal(laboratory.ask('demo.reset', {}))).toMatchObject({ code: 'not-found' });
  });
});
