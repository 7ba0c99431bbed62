import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { GalleryTransform } from '../../contract/requests/cancelable.ts';
import { cosineSimilarity } from '../../evaluation/cosine-similarity.ts';
import type { Laboratory } from '../test-support/laboratory.ts';
import { openLaboratory, putFace, refusal, trainModel, writePeople } from '../test-support/laboratory.ts';

let laboratory: Laboratory;
beforeEach(async () => { laboratory = await openLaboratory(); });
afterEach(() => laboratory.leave());

const people = 20;

async function enrolEverybody(): Promise<{ modelId: string; datasetId: string }> {
  const { ask, finished, home } = laboratory;
  const trained = await trainModel(laboratory);
  const { jobId } = await ask('enrol.folder', { path: writePeople(join(home, 'people'), people, 2) });
  expect(await finished(jobId)).toMatchObject({ state: 'done' });
  return trained;
}

async function protect(transform: GalleryTransform): Promise<void> {
  const { jobId } = await laboratory.ask('cancelable.protect', { transform });
  expect(await laboratory.finished(jobId)).toMatchObject({ state: 'done' });
}

async function subjectId(name: string): Promise<string> {
  return (await laboratory.ask('subjects.list', { search: name })).subjects.find((subject) => subject.name === name)!.id;
}

/** What the store holds of somebody, as it is exported. */
async function templatesOf(name: string): Promise<{ sampleId: string; transform: string; vector: number[] }[]> {
  const { folder } = await laboratory.ask('subjects.export', { subjectId: await subjectId(name), folder: null });
  return (JSON.parse(readFileSync(join(folder, 'person.json'), 'utf8')) as { templates: { sampleId: string; transform: string; vector: number[] }[] }).templates;
}

async function scoreOf(who: string, claimed: string): Promise<number> {
  const probe = await putFace(laboratory, who, 9);
  return (await laboratory.ask('verify.compare', { probe, reference: { subjectId: await subjectId(claimed) } })).score;
}

async function chooseThreshold({ modelId, datasetId }: { modelId: string; datasetId: string }, transform: 'none' | 'bio-hash'): Promise<number> {
  const { ask, finished } = laboratory;
  const { evaluationId, jobId } = await ask('evaluations.start', { modelId, datasetId, transform });
  expect(await finished(jobId)).toMatchObject({ state: 'done' });
  const report = await ask('evaluations.get', { evaluationId });
  expect(report).toMatchObject({ transform, manifest: { options: { transform } } });
  const offered = report.thresholds.find(({ threshold }) => threshold !== null)!;
  return (await ask('thresholds.choose', { evaluationId, targetFmr: offered.target })).threshold;
}

describe('a gallery under a random orthogonal matrix', () => {
  it('keeps other numbers, compares to the same scores, and keeps its threshold', async () => {
    const ids = await enrolEverybody();
    const { ask } = laboratory;
    const threshold = await chooseThreshold(ids, 'none');
    const before = { mated: await scoreOf('p1', 'p1'), nonMated: await scoreOf('p2', 'p1'), templates: await templatesOf('p1') };
    const found = await ask('identify.search', { probe: await putFace(laboratory, 'p3', 9), limit: 3 });
    await protect('random-orthogonal');
    expect(await scoreOf('p1', 'p1')).toBeCloseTo(before.mated, 5);
    expect(await scoreOf('p2', 'p1')).toBeCloseTo(before.nonMated, 5);
    const again = await ask('identify.search', { probe: await putFace(laboratory, 'p3', 9), limit: 3 });
    expect(again.searched).toBe(people);
    expect(again.candidates.map(({ name }) => name)).toEqual(found.candidates.map(({ name }) => name));
    expect(again.candidates[0]!.score).toBeCloseTo(found.candidates[0]!.score, 5);
    expect((await ask('desk.state', {}))).toMatchObject({ threshold: { threshold, transform: 'none' }, templates: { transform: 'random-orthogonal', changingTo: null } });
    const after = await templatesOf('p1');
    expect(after.map(({ transform }) => transform)).toEqual(['random-orthogonal', 'random-orthogonal']);
    for (const [row, { vector }] of after.entries()) expect(Math.abs(cosineSimilarity(Float32Array.from(vector), Float32Array.from(before.templates[row]!.vector)))).toBeLessThan(0.9);
    // Undone without the pictures, it is what it was.
    await protect('none');
    for (const [row, { vector }] of (await templatesOf('p1')).entries()) expect(cosineSimilarity(Float32Array.from(vector), Float32Array.from(before.templates[row]!.vector))).toBeCloseTo(1, 5);
  });

  it('is issued anew from the templates alone, and the old ones match no more than chance', async () => {
    await enrolEverybody();
    await protect('random-orthogonal');
    const [score, old] = [await scoreOf('p1', 'p1'), await templatesOf('p1')];
    const embedded: string[] = [];
    laboratory.engines.at('embed', 1, () => embedded.push('a picture'));
    const { jobId } = await laboratory.ask('cancelable.reissue', {});
    expect(await laboratory.finished(jobId)).toMatchObject({ state: 'done', message: `The templates of ${people} people are under a random orthogonal matrix with a new key; the old key and templates were destroyed.` });
    expect(embedded).toEqual([]);
    expect(await scoreOf('p1', 'p1')).toBeCloseTo(score, 5);
    const fresh = await templatesOf('p1');
    for (const [row, { vector }] of fresh.entries()) expect(cosineSimilarity(Float32Array.from(vector), Float32Array.from(old[row]!.vector))).toBeLessThan(0.9);
  });
});

describe('a gallery under a hash', () => {
  it('has no threshold until one is chosen under the hash, and has the former one again without it', async () => {
    const ids = await enrolEverybody();
    const { ask } = laboratory;
    const plain = await chooseThreshold(ids, 'none');
    await protect('bio-hash');
    const probe = await putFace(laboratory, 'p1', 9);
    expect(await ask('thresholds.get', {})).toBeNull();
    const undecided = await ask('verify.compare', { probe, reference: { subjectId: await subjectId('p1') } });
    expect(undecided).toMatchObject({ isMatch: null, threshold: null, fmrAtScore: null });
    expect((await ask('identify.search', { probe })).candidates[0]).toMatchObject({ name: 'p1', isAboveThreshold: null });
    const hashed = await chooseThreshold(ids, 'bio-hash');
    expect(await ask('verify.compare', { probe, reference: { subjectId: await subjectId('p1') } })).toMatchObject({ isMatch: true, threshold: { threshold: hashed, transform: 'bio-hash' } });
    await protect('none');
    expect(await ask('thresholds.get', {})).toMatchObject({ threshold: plain, transform: 'none' });
  });

  it('measures only what is under no transform yet', async () => {
    const { modelId, datasetId } = await trainModel(laboratory);
    const { evaluationId, jobId } = await laboratory.ask('evaluations.start', { modelId, datasetId, transform: 'mlp-hash' });
    await laboratory.finished(jobId);
    expect(await refusal(laboratory.ask('cancelable.measure', { evaluationId }))).toMatchObject({ code: 'conflict', message: expect.stringMatching(/under a transform already/) });
  });

  it('is issued anew from the kept samples, whoever is enrolled meanwhile, with a line in the audit and no key in it', async () => {
    await enrolEverybody();
    const { ask, finished, engines } = laboratory;
    await protect('bio-hash');
    const old = await templatesOf('p1');
    engines.at('embed', 2, () => ask('enrol.images', { subject: { name: 'Late' }, imageIds: [late] }));
    const late = await putFace(laboratory, 'late', 1);
    const { jobId } = await ask('cancelable.reissue', {});
    expect(await finished(jobId)).toMatchObject({ state: 'done', message: expect.stringMatching(/^The templates of 21 people are under BioHashing/) });
    const { subjects } = await ask('subjects.list', { limit: 100 });
    expect(subjects.map(({ samples, templates }) => samples === templates)).toEqual(subjects.map(() => true));
    expect(subjects).toHaveLength(people + 1);
    expect(await scoreOf('late', 'Late')).toBeGreaterThan(0.4);
    const fresh = await templatesOf('p1');
    for (const [row, { vector }] of fresh.entries()) expect(cosineSimilarity(Float32Array.from(vector), Float32Array.from(old[row]!.vector))).toBeLessThan(0.9);
    const { lines } = await ask('audit.list', { limit: 100 });
    const own = lines.filter(({ action }) => action.startsWith('templates.'));
    expect(own.map(({ action }) => action)).toEqual(['templates.protected', 'templates.reissue', 'templates.protected', 'templates.protect']);
    expect(own[0]!.details).toEqual({ transform: 'bio-hash', people: 21, withoutTemplate: 0 });
  });

  it('stays as it was when the change is cancelled, and goes on with it after a restart', async () => {
    await enrolEverybody();
    await protect('bio-hash');
    const old = await templatesOf('p1');
    const first = await laboratory.ask('cancelable.reissue', {});
    laboratory.engines.at('embed', 1, () => laboratory.ask('jobs.cancel', { jobId: first.jobId }));
    expect(await laboratory.finished(first.jobId)).toMatchObject({ state: 'cancelled' });
    expect((await laboratory.ask('desk.state', {})).templates).toMatchObject({ transform: 'bio-hash', changingTo: null });
    expect(await templatesOf('p1')).toEqual(old);

    let closing: Promise<Laboratory> | null = null;
    laboratory.engines.at('embed', 2, () => { closing = laboratory.reopen(); });
    const { jobId } = await laboratory.ask('cancelable.protect', { transform: 'mlp-hash' });
    expect(await refusal(laboratory.ask('cancelable.protect', { transform: 'none' }))).toMatchObject({ code: 'conflict', message: expect.stringMatching(/being put under MLP-Hash/) });
    await laboratory.finished(jobId);
    laboratory = await closing!;
    const resumed = (await laboratory.ask('jobs.list', {})).find(({ kind, id }) => kind === 'protect-templates' && id !== jobId)!;
    expect(await laboratory.finished(resumed.id)).toMatchObject({ state: 'done' });
    expect((await laboratory.ask('desk.state', {})).templates).toMatchObject({ transform: 'mlp-hash', changingTo: null });
    expect((await templatesOf('p1')).map(({ transform }) => transform)).toEqual(['mlp-hash', 'mlp-hash']);
  });

  it('says what there is to do where there is nothing to change', async () => {
    await trainModel(laboratory);
    expect(await refusal(laboratory.ask('cancelable.reissue', {}))).toMatchObject({ code: 'conflict', message: expect.stringMatching(/no key to revoke/) });
    expect(await refusal(laboratory.ask('cancelable.protect', { transform: 'none' }))).toMatchObject({ code: 'conflict' });
    await protect('bio-hash');
    expect(await refusal(laboratory.ask('cancelable.protect', { transform: 'bio-hash' }))).toMatchObject({ code: 'conflict', message: expect.stringMatching(/--reissue/) });
  });
});
