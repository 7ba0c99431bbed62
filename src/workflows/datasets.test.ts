import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cacheOfDataset } from './picture-cache.ts';
import type { Laboratory } from './test-support/laboratory.ts';
import { addPeople, openLaboratory, refusal, trainModel, writeFiles, writePeople } from './test-support/laboratory.ts';

let laboratory: Laboratory;
beforeEach(async () => (laboratory = await openLaboratory()));
afterEach(() => laboratory.leave());

describe('adding a dataset', () => {
  it('reports and counts what is wrong, and imports the rest', async () => {
    const { ask, finished, home } = laboratory;
    const path = writeFiles(join(home, 'mixed'), {
      'anna/1.png': 'face anna 1', 'anna/2.png': 'face anna 2', 'anna/again.png': 'face anna 1', 'anna/same-pixels.png': 'face anna 2  ',
      'bob/1.png': 'face bob 1', 'bob/broken.png': 'garbage', 'bob/stolen.png': 'face anna 1', 'bob/notes.txt': 'x', 'carl/1.png': 'broken too',
    });
    const { datasetId, jobId } = await ask('datasets.add', { name: 'Mixed', path });
    expect(await ask('datasets.get', { datasetId })).toMatchObject({ state: 'importing', images: 0 });
    expect((await refusal(ask('datasets.remove', { datasetId }))).code).toBe('conflict');
    const job = await finished(jobId);
    expect(job).toMatchObject({ state: 'done', message: '3 images of 2 subjects; 2 unreadable, 3 duplicates left out, 1 subject with a single image, 1 other file skipped.' });
    const card = await ask('datasets.get', { datasetId });
    expect(card).toMatchObject({ state: 'ready', layout: 'folders', subjects: 2, images: 3 });
    expect(card.findings).toEqual({
      unreadable: [{ path: 'bob/broken.png', reason: 'It is not a picture.' }, { path: 'carl/1.png', reason: 'It is not a picture.' }],
      duplicates: [
        { path: 'anna/again.png', of: 'anna/1.png', sameSubject: true },
        { path: 'anna/same-pixels.png', of: 'anna/2.png', sameSubject: true },
        { path: 'bob/stolen.png', of: 'anna/1.png', sameSubject: false },
      ],
      suspectedCopies: [], emptyFolders: [], singletons: ['bob'], skippedFiles: 1,
    });
    expect(job.log).toContain('bob/broken.png: It is not a picture.');
  });

  it('names what looks like a copy of another picture, keeps it, and says so beside the figures', async () => {
    const { ask, finished, home } = laboratory;
    const path = writePeople(join(home, 'again'), 12, 4);
    writeFiles(path, { 'p2/5.png': 'face p2 1 saved-again', 'p3/5.png': 'face p9 2 saved-again' });
    const { datasetId, jobId } = await ask('datasets.add', { name: 'Again', path, split: { seed: 1, train: 0, validation: 0, test: 1 } });
    expect(await finished(jobId)).toMatchObject({ state: 'done', message: '50 images of 12 subjects; 2 pictures look like copies of others.' });
    const { findings, images } = await ask('datasets.get', { datasetId });
    expect(images).toBe(50);
    expect(findings.suspectedCopies).toEqual([
      { path: 'p9/2.png', of: 'p3/5.png', sameSubject: false, isMirrored: false },
      { path: 'p2/5.png', of: 'p2/1.png', sameSubject: true, isMirrored: false },
    ]);
    const { modelId } = await trainModel(laboratory);
    const evaluation = await ask('evaluations.start', { modelId, datasetId });
    await finished(evaluation.jobId);
    expect((await ask('evaluations.get', { evaluationId: evaluation.evaluationId })).warnings).toContain(
      '2 pairs of images look like copies of one photo (saved again, resized or mirrored), 1 of two subjects: p9/2.png and p3/5.png, said to be two subjects; p2/5.png and p2/1.png. They are compared like all others: look at them.');
  });

  it('says where the folder is here already, and gives no two datasets one name', async () => {
    const { ask, finished, home } = laboratory;
    const path = writePeople(join(home, 'many'), 4, 3);
    await finished((await ask('datasets.add', { name: 'People', path })).jobId);
    expect(await refusal(ask('datasets.add', { name: 'people', path }))).toEqual({ code: 'conflict', message: `${path} is a dataset here already, called "People". Use that one, or add the folder under another name to split it otherwise.` });
    const other = writePeople(join(home, 'others'), 4, 2);
    expect((await refusal(ask('datasets.add', { name: 'People', path: other }))).message).toBe(`A dataset called "People" is here already, from ${path}. Give this one another name.`);
    await finished((await ask('datasets.add', { name: 'Others', path: other })).jobId);
    expect((await ask('datasets.list', {})).map(({ name }) => name).sort()).toEqual(['Others', 'People']);
  });

  it('gives the name of one that could not be read to another try', async () => {
    const { ask, finished, home } = laboratory;
    const path = writeFiles(join(home, 'slow'), { 'anna/notes.txt': '' });
    await finished((await ask('datasets.add', { name: 'Slow', path })).jobId);
    writePeople(path, 3, 2);
    const { jobId } = await ask('datasets.add', { name: 'Slow', path });
    expect(await finished(jobId)).toMatchObject({ state: 'done' });
    expect((await ask('datasets.list', {})).map(({ name, state }) => [name, state])).toEqual([['Slow', 'ready']]);
  });

  it('fails in words when not one picture can be used', async () => {
    const { ask, finished, home } = laboratory;
    const { datasetId, jobId } = await ask('datasets.add', { name: 'Empty', path: writeFiles(join(home, 'empty'), { 'anna/notes.txt': '' }) });
    expect(await finished(jobId)).toMatchObject({ state: 'failed', error: { code: 'bad-dataset', message: expect.stringMatching(/gives no dataset: no pictures in subject folders/) } });
    expect(await ask('datasets.get', { datasetId })).toMatchObject({ state: 'failed' });
    expect((await refusal(ask('datasets.add', { name: 'Nowhere', path: join(home, 'nowhere') }))).message).toMatch(/There is nothing at/);
  });

  it('survives an engine that dies in the middle', async () => {
    const { ask, finished, engines, home } = laboratory;
    engines.at('images.check', 4, () => engines.crash('desk'));
    const { jobId } = await ask('datasets.add', { name: 'People', path: writePeople(join(home, 'many'), 30, 5) });
    const job = await finished(jobId);
    expect(job).toMatchObject({ state: 'done', message: '150 images of 30 subjects.' });
    expect(job.log.join()).toMatch(/ended unexpectedly: it was ended by SIGKILL.*done again/);
    expect(engines.starts.desk).toBe(2);
  });

  it('can be cancelled', async () => {
    const { ask, finished, engines, home } = laboratory;
    engines.at('images.check', 2, async () => ask('jobs.cancel', { jobId: (await ask('jobs.list', {}))[0]!.id }));
    const { datasetId, jobId } = await ask('datasets.add', { name: 'People', path: writePeople(join(home, 'many'), 30, 5) });
    expect(await finished(jobId)).toMatchObject({ state: 'cancelled', error: null });
    expect(await ask('datasets.get', { datasetId })).toMatchObject({ state: 'failed', images: 0 });
  });
});

describe('a dataset', () => {
  it('shows its subjects a page at a time, with pictures that can be rendered', async () => {
    const { ask, desk } = laboratory;
    const datasetId = await addPeople(laboratory);
    const page = await ask('datasets.subjects', { datasetId, offset: 1, limit: 3 });
    expect(page.total).toBe(12);
    expect(page.subjects.map(({ name, images }) => [name, images.length])).toEqual([['p2', 4], ['p3', 4], ['p4', 4]]);
    const picture = page.subjects[0]!.images[1]!;
    expect(picture.path).toBe('p2/2.png');
    expect(new TextDecoder().decode((await desk.image(picture.imageId, 64)).bytes)).toBe('face p2 2 at 64');
    const test = await ask('datasets.subjects', { datasetId, part: 'test' });
    expect(test.total).toBe((await ask('datasets.get', { datasetId })).parts.test.subjects);
    expect(new Set(test.subjects.map(({ part }) => part))).toEqual(new Set(['test']));
  });

  it('can be split anew by another seed, and no identity is ever in two parts', async () => {
    const { ask } = laboratory;
    const datasetId = await addPeople(laboratory);
    const partsOf = async (): Promise<string[]> => (await ask('datasets.subjects', { datasetId })).subjects.map(({ part }) => part);
    const before = await partsOf();
    const card = await ask('datasets.resplit', { datasetId, split: { seed: 2, train: 0.5, validation: 0, test: 0.5 } });
    expect(card.parts).toEqual({ train: { subjects: 6, images: 24 }, validation: { subjects: 0, images: 0 }, test: { subjects: 6, images: 24 } });
    expect(await partsOf()).not.toEqual(before);
  });

  it('is forgotten without touching its files, and the crops of its pictures go', async () => {
    const { ask, home, desk } = laboratory;
    const datasetId = await addPeople(laboratory);
    const { subjects } = await ask('datasets.subjects', { datasetId });
    writeFiles(cacheOfDataset(home, datasetId), { 'ab/ab-face-1.crops': 'a face' });
    await ask('datasets.remove', { datasetId });
    expect(existsSync(cacheOfDataset(home, datasetId))).toBe(false);
    expect(await ask('datasets.list', {})).toEqual([]);
    expect((await refusal(ask('datasets.get', { datasetId }))).code).toBe('not-found');
    expect((await refusal(desk.image(subjects[0]!.images[0]!.imageId, 64))).code).toBe('not-found');
    rmSync(join(home, 'pictures', 'p1', '1.png'));
  });
});
