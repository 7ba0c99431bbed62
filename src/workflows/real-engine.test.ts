import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EngineLane, EngineProcess } from '../contract/engine-port.ts';
import { recipeSchema } from '../contract/recipe/recipe.ts';
import { writeGraph } from '../engine/test-support/tiny-graph.ts';
import { forkEngine } from './fork-engine.ts';
import type { Laboratory } from './test-support/laboratory.ts';
import { openLaboratory } from './test-support/laboratory.ts';

const checkout = join(import.meta.dirname, '..', '..');
const faces = join(checkout, 'resources', 'demo', 'faces');

/** Small enough to train in seconds: what is tested is the way, not the model. */
const recipe = (epochs: number) =>
  recipeSchema.parse({
    name: 'Tiny', loss: { name: 'triplet' }, embeddingSize: 16, epochs, batchesPerEpoch: 4,
    input: { width: 32, height: 32 }, sampler: { name: 'm-per-class', classesPerBatch: 3, samplesPerClass: 3 },
  });

let laboratory: Laboratory;
let datasetId: string;
const engines: Partial<Record<EngineLane, EngineProcess>> = {};

/** Nine people of four pictures, three in each part, through forked engines whose processes the test can kill. */
beforeAll(async () => {
  const spawnEngine = (lane: EngineLane): EngineProcess => (engines[lane] = forkEngine(join(checkout, 'src', 'engine', 'index.ts')));
  laboratory = await openLaboratory({ spawnEngine, resources: join(checkout, 'no', 'resources') });
  for (let who = 1; who <= 9; who++) {
    for (let which = 1; which <= 4; which++) {
      const path = join(`person-0${who}`, `0${which}.png`);
      cpSync(join(faces, path), join(laboratory.home, 'pictures', path));
    }
  }
  const split = { seed: 1, train: 0.34, validation: 0.33, test: 0.33 };
  const added = await laboratory.ask('datasets.add', { name: 'Nine', path: join(laboratory.home, 'pictures'), split });
  expect(await laboratory.finished(added.jobId)).toMatchObject({ state: 'done', message: '36 images of 9 subjects.' });
  datasetId = added.datasetId;
});
afterAll(() => laboratory.leave());

describe('the desk with its real engine', () => {
  it('trains through a kill -9 in the middle, going on from the checkpoint', async () => {
    const { ask, finished, next } = laboratory;
    const { runId, jobId } = await ask('runs.start', { datasetId, recipe: recipe(6) });
    await Promise.race([next((event) => event.type === 'run.epoch' && event.epoch.epoch === 1), finished(jobId)]);
    engines.batch!.kill();
    const job = await finished(jobId);
    expect(job).toMatchObject({ state: 'done' });
    expect(job.log.join()).toMatch(/it was ended by SIGKILL.*goes on from its last checkpoint/);
    const { run, steps, epochs } = await ask('runs.get', { runId });
    expect(run).toMatchObject({ state: 'done', epoch: 6, device: expect.stringMatching(/GFLOP/) });
    expect(steps.map(({ step }) => step)).toEqual([...Array(24).keys()]);
    expect(epochs.map(({ epoch }) => epoch)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(await ask('models.list', {})).toMatchObject([{ name: 'Tiny', inUse: true, runId }]);
  });

  it('enrols a folder through a kill -9 in the middle, losing and doubling nobody', async () => {
    const { ask, finished, next } = laboratory;
    const { jobId } = await ask('enrol.folder', { path: join(laboratory.home, 'pictures') });
    await Promise.race([next((event) => event.type === 'changed' && event.topic === 'subjects'), finished(jobId)]);
    engines.batch!.kill();
    expect(await finished(jobId)).toMatchObject({ state: 'done', message: '36 pictures enrolled.' });
    const { subjects } = await ask('subjects.list', {});
    expect(subjects.map(({ name, samples, templates }) => [name, samples, templates])).toEqual(
      [...Array(9).keys()].map((index) => [`person-0${index + 1}`, 4, 4]),
    );
  });

  it('verifies and identifies a picture that is not enrolled', async () => {
    const { ask } = laboratory;
    const bytes = new Uint8Array(readFileSync(join(faces, 'person-01', '07.png')));
    const probe = await ask('images.put', { fileName: '07.png', bytes });
    expect(probe).toMatchObject({ width: 92, height: 112, format: 'png' });
    const found = await ask('identify.search', { probe: probe.imageId, limit: 9 });
    expect(found).toMatchObject({ searched: 9 });
    expect(found.candidates).toHaveLength(9);
    const [best] = found.candidates;
    const verified = await ask('verify.compare', { probe: probe.imageId, reference: { subjectId: best!.subjectId } });
    expect(verified.references).toHaveLength(4);
    expect(verified.score).toBeCloseTo(best!.score, 5);
    const shown = await laboratory.desk.image(verified.references[0]!.imageId, 48);
    expect([shown.mimeType, Buffer.from(shown.bytes.slice(8, 12)).toString()]).toEqual(['image/webp', 'WEBP']);
  });

  it('evaluates beside the baselines and exports what it found', async () => {
    const { ask, finished } = laboratory;
    const [model] = await ask('models.list', {});
    const { evaluationId, jobId } = await ask('evaluations.start', { modelId: model!.id, datasetId, baselines: true });
    expect(await finished(jobId)).toMatchObject({ state: 'done' });
    const report = await ask('evaluations.get', { evaluationId });
    expect(report.systems.map(({ kind }) => kind)).toEqual(['model', 'untrained', 'raw-pixels']);
    expect(report.counts).toMatchObject({ subjects: 3, samples: 12, mated: 18, nonMated: 48, failedToAcquire: 0 });
    const { folder, files } = await ask('evaluations.export', { evaluationId });
    for (const file of files) expect(existsSync(join(folder, file))).toBe(true);
  });

  it('learns a head on a graph model from two datasets, mining offline, and re-embeds everybody after the graph is gone', async () => {
    const { ask, finished, home } = laboratory;
    // Other people under the same names.
    for (let who = 1; who <= 4; who++) cpSync(join(faces, `person-${who + 10}`), join(home, 'others', `person-0${who}`), { recursive: true });
    const added = await ask('datasets.add', { name: 'Four', path: join(home, 'others'), split: { seed: 1, train: 0.5, validation: 0.5, test: 0 } });
    expect(await finished(added.jobId)).toMatchObject({ state: 'done' });
    const folder = await writeGraph();
    const graph = { ...recipe(3), name: 'Graph', backbone: { name: 'graph-model', folder, output: 'features' } as const, mixing: 'equal' as const, offlineMining: { everyEpochs: 1, triplets: 'both', margin: 2 } as const };
    const { runId, jobId } = await ask('runs.start', { datasetId, moreDatasetIds: [added.datasetId], recipe: { ...graph, sampler: { name: 'm-per-class', classesPerBatch: 4, samplesPerClass: 3 } } });
    const job = await finished(jobId);
    expect(job).toMatchObject({ state: 'done' });
    expect(job.log.join()).toMatch(/Before epoch 2: \d+ hard or semi-hard triplets in \d+ training pictures.*Before epoch 3/);
    const { run } = await ask('runs.get', { runId });
    expect(run).toMatchObject({ datasetName: 'Nine + Four', parameters: 12 * 16 + 16 });
    rmSync(folder, { recursive: true });
    const used = await ask('models.use', { modelId: run.modelId! });
    if (used.jobId !== null) expect(await finished(used.jobId)).toMatchObject({ state: 'done' });
    const probe = await ask('images.put', { fileName: '07.png', bytes: new Uint8Array(readFileSync(join(faces, 'person-01', '07.png'))) });
    expect((await ask('identify.search', { probe: probe.imageId, limit: 9 })).candidates).toHaveLength(9);
    const { evaluationId, jobId: evaluating } = await ask('evaluations.start', { modelId: run.modelId!, datasetId, baselines: true });
    expect(await finished(evaluating)).toMatchObject({ state: 'done' });
    expect((await ask('evaluations.get', { evaluationId })).systems.map(({ kind }) => kind)).toEqual(['model', 'untrained', 'raw-pixels']);
  });
});
