import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../store/store.ts';
import { meansBySubject } from './load-gallery.ts';
import type { Laboratory } from './test-support/laboratory.ts';
import { openLaboratory, putFace, refusal, smallRecipe, trainModel } from './test-support/laboratory.ts';

let laboratory: Laboratory;
let trained: Awaited<ReturnType<typeof trainModel>>;
beforeEach(async () => {
  laboratory = await openLaboratory();
  trained = await trainModel(laboratory);
});
afterEach(() => laboratory.leave());

async function enrol(name: string, ...which: number[]): Promise<string> {
  const imageIds = await Promise.all(which.map((number) => putFace(laboratory, name, number)));
  const { subject } = await laboratory.ask('enrol.images', { subject: { name }, imageIds });
  return subject!.id;
}

async function chooseThreshold(): Promise<number> {
  const { ask, finished } = laboratory;
  const { evaluationId, jobId } = await ask('evaluations.start', { modelId: trained.modelId, datasetId: trained.datasetId });
  expect(await finished(jobId)).toMatchObject({ state: 'done' });
  return (await ask('thresholds.choose', { evaluationId, targetFmr: 0.1 })).threshold;
}

describe('verification', () => {
  it('scores the mean over the references, with each of them beside it', async () => {
    const { ask } = laboratory;
    const subjectId = await enrol('anna', 1, 2, 3);
    const result = await ask('verify.compare', { probe: await putFace(laboratory, 'anna', 4), reference: { subjectId } });
    expect(result.references).toHaveLength(3);
    const mean = result.references.reduce((sum, { score }) => sum + score, 0) / 3;
    expect(result.score).toBeCloseTo(mean, 12);
    expect(result.score).toBeLessThan(Math.max(...result.references.map(({ score }) => score)));
    expect(result).toMatchObject({ isMatch: null, threshold: null, fmrAtScore: null, subject: { id: subjectId, name: 'anna' }, model: { id: trained.modelId } });
  });

  it('decides by the threshold, and says how often strangers score as high', async () => {
    const { ask } = laboratory;
    const threshold = await chooseThreshold();
    const subjectId = await enrol('anna', 1, 2);
    const mated = await ask('verify.compare', { probe: await putFace(laboratory, 'anna', 3), reference: { subjectId } });
    const nonMated = await ask('verify.compare', { probe: await putFace(laboratory, 'stranger', 1), reference: { subjectId } });
    expect(mated).toMatchObject({ isMatch: true, threshold: { threshold, targetFmr: 0.1 } });
    expect(nonMated).toMatchObject({ isMatch: false });
    expect(mated.fmrAtScore!).toBeLessThan(0.1);
    expect(nonMated.fmrAtScore!).toBeGreaterThan(mated.fmrAtScore!);
  });

  it('compares two pictures as well', async () => {
    const { ask } = laboratory;
    const [probe, other] = [await putFace(laboratory, 'anna', 1), await putFace(laboratory, 'anna', 2)];
    const result = await ask('verify.compare', { probe, reference: { imageId: other } });
    expect(result).toMatchObject({ subject: null, references: [{ imageId: other, score: result.score }] });
    expect((await ask('verify.compare', { probe, reference: { imageId: probe } })).score).toBeCloseTo(1, 6);
  });

  it('says what is missing', async () => {
    const { ask } = laboratory;
    const probe = await putFace(laboratory, 'anna', 1);
    expect((await refusal(ask('verify.compare', { probe, reference: { subjectId: 'subject-gone' } }))).message).toMatch(/not enrolled/);
    expect((await refusal(ask('verify.compare', { probe: 'image-gone', reference: { imageId: probe } }))).message).toMatch(/Choose it again/);
  });
});

describe('identification', () => {
  it('ranks the gallery, names everybody, and takes nobody above the threshold as a normal outcome', async () => {
    const { ask } = laboratory;
    await chooseThreshold();
    const ids = [await enrol('anna', 1, 2), await enrol('bob', 1), await enrol('carl', 1)];
    const found = await ask('identify.search', { probe: await putFace(laboratory, 'anna', 9) });
    expect(found).toMatchObject({ searched: 3, candidates: [{ rank: 1, subjectId: ids[0], name: 'anna', isAboveThreshold: true }, { rank: 2 }, { rank: 3 }] });
    const scores = found.candidates.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((one, other) => other - one));
    const nobody = await ask('identify.search', { probe: await putFace(laboratory, 'stranger', 1), limit: 2 });
    expect(nobody.candidates.map(({ isAboveThreshold }) => isAboveThreshold)).toEqual([false, false]);
  });

  it('scores as verification does', async () => {
    const { ask } = laboratory;
    const subjectId = await enrol('anna', 1, 2, 3);
    const probe = await putFace(laboratory, 'anna', 4);
    const { score } = await ask('verify.compare', { probe, reference: { subjectId } });
    expect((await ask('identify.search', { probe })).candidates[0]!.score).toBeCloseTo(score, 6);
  });

  it('sees enrolments, deletions and new names at once, by whichever process', async () => {
    const { ask, home } = laboratory;
    const probe = await putFace(laboratory, 'anna', 9);
    expect(await ask('identify.search', { probe })).toMatchObject({ candidates: [], searched: 0 });
    const subjectId = await enrol('anna', 1);
    expect((await ask('identify.search', { probe })).candidates.map(({ name }) => name)).toEqual(['anna']);
    await ask('subjects.rename', { subjectId, name: 'Anne' });
    expect((await ask('identify.search', { probe })).candidates.map(({ name }) => name)).toEqual(['Anne']);
    await enrol('bob', 1);
    const elsewhere = openStore(home);
    await elsewhere.gallery.deleteSubject(subjectId, 1);
    elsewhere.close();
    expect((await ask('identify.search', { probe })).candidates.map(({ name }) => name)).toEqual(['bob']);
  });

  it('loads the gallery again after the engine died', async () => {
    const { ask, engines, next } = laboratory;
    await enrol('anna', 1);
    const probe = await putFace(laboratory, 'anna', 2);
    await ask('identify.search', { probe });
    const restarting = next((event) => event.type === 'engine' && event.state === 'restarting');
    engines.crash('desk');
    await restarting;
    expect((await ask('identify.search', { probe })).candidates.map(({ name }) => name)).toEqual(['anna']);
  });

  it('gives a picture that is none back with its name', async () => {
    const { ask, home } = laboratory;
    const { subjects } = await ask('datasets.subjects', { datasetId: trained.datasetId });
    const { writeFiles } = await import('./test-support/laboratory.ts');
    writeFiles(`${home}/pictures`, { [subjects[0]!.images[0]!.path]: 'overwritten' });
    expect(await refusal(ask('identify.search', { probe: subjects[0]!.images[0]!.imageId }))).toEqual({ code: 'bad-image', message: '1.png cannot be compared: It is not a picture.' });
  });
});

describe('another model', () => {
  it('judges samples that were enrolled without a pipeline, as their enrolment would', async () => {
    const { ask, finished } = laboratory;
    const { subject } = await ask('enrol.images', { subject: { name: 'anna' }, imageIds: [await putFace(laboratory, 'anna', '1 pipeline-q34')] });
    const qualities = async () => (await ask('subjects.get', { subjectId: subject!.id })).samples.map(({ quality }) => quality?.score ?? null);
    expect(await qualities()).toEqual([null]);
    const recipe = { ...smallRecipe(1), input: { ...smallRecipe(1).input, pipeline: 'face' as const } };
    const { runId, jobId } = await ask('runs.start', { datasetId: trained.datasetId, recipe });
    await finished(jobId);
    await finished((await ask('models.use', { modelId: (await ask('runs.get', { runId })).run.modelId! })).jobId!);
    expect(await qualities()).toEqual([34]);
  });

  it('gets templates of its own for every sample before it matches, and the first keeps its own', async () => {
    const { ask, finished } = laboratory;
    const subjectId = await enrol('anna', 1, 2);
    const { runId, jobId } = await ask('runs.start', { datasetId: trained.datasetId, recipe: smallRecipe(1) });
    await finished(jobId);
    const second = (await ask('runs.get', { runId })).run.modelId!;
    const used = await ask('models.use', { modelId: second });
    expect(used.model).toMatchObject({ id: second, inUse: true });
    const probe = await putFace(laboratory, 'anna', 3);
    expect(await finished(used.jobId!)).toMatchObject({ kind: 're-embed', state: 'done', message: 'Templates of Small made: 2 samples.' });
    expect((await ask('verify.compare', { probe, reference: { subjectId } })).references).toHaveLength(2);
    const cards = await ask('models.list', {});
    expect(cards.map(({ id, templates }) => [id, templates]).sort()).toEqual([[trained.modelId, 2], [second, 2]].sort());
    // Whoever asks before the job is done finds none.
    const elsewhere = openStore(laboratory.home);
    elsewhere.database.prepare('DELETE FROM templates WHERE model_id = ?').run(second);
    await elsewhere.close();
    expect(await refusal(ask('verify.compare', { probe, reference: { subjectId } }))).toMatchObject({ code: 'conflict', message: expect.stringMatching(/no template of Small yet/) });
    expect(await ask('models.use', { modelId: trained.modelId })).toMatchObject({ jobId: null });
    await ask('models.remove', { modelId: second });
    expect((await ask('models.list', {})).map(({ id }) => id)).toEqual([trained.modelId]);
  });

  it('cannot be removed while it is in use, and can be given a name', async () => {
    const { ask } = laboratory;
    expect(await refusal(ask('models.remove', { modelId: trained.modelId }))).toMatchObject({ code: 'conflict', message: expect.stringMatching(/is in use/) });
    expect(await ask('models.rename', { modelId: trained.modelId, name: 'Faces 2' })).toMatchObject({ name: 'Faces 2' });
    expect((await refusal(ask('models.use', { modelId: 'model-gone' }))).code).toBe('not-found');
  });
});

describe('means by subject', () => {
  it('are the means of the rows that stand together', () => {
    const vector = (...values: number[]) => Float32Array.from(values);
    const templates = [{ subjectId: 'a', vector: vector(1, 0) }, { subjectId: 'a', vector: vector(0, 1) }, { subjectId: 'b', vector: vector(0, -1) }];
    expect(meansBySubject(templates, 2)).toEqual({ subjectIds: ['a', 'b'], vectors: vector(0.5, 0.5, 0, -1) });
    expect(meansBySubject([], 2)).toEqual({ subjectIds: [], vectors: vector() });
  });
});
