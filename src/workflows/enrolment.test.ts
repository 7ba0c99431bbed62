import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryHome } from '../store/test-support/temporary-home.ts';
import type { Laboratory } from './test-support/laboratory.ts';
import { openLaboratory, putFace, refusal, trainModel, writeFiles, writePeople } from './test-support/laboratory.ts';

let laboratory: Laboratory;
beforeEach(async () => (laboratory = await openLaboratory()));
afterEach(() => laboratory.leave());

const put = (name: string, content: string): Promise<{ imageId: string }> =>
  laboratory.ask('images.put', { fileName: name, bytes: new TextEncoder().encode(content) });

describe('a picture handed to the desk', () => {
  it('is looked at, kept in memory only, and shown small', async () => {
    const put = await laboratory.ask('images.put', { fileName: 'anna.png', bytes: new TextEncoder().encode('face anna secret-pixels') });
    expect(put).toMatchObject({ width: 92, height: 112, format: 'fake' });
    expect(new TextDecoder().decode((await laboratory.desk.image(put.imageId, 50)).bytes)).toBe('face anna secret-pixels at 50');
    const files = readdirSync(laboratory.home, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    for (const file of files) expect(readFileSync(join(file.parentPath, file.name)).includes('secret-pixels')).toBe(false);
    expect((await refusal(laboratory.desk.image('image-unknown', 50))).code).toBe('not-found');
  });

  it('is refused with its name and the reason when it is none', async () => {
    expect(await refusal(put('letter.png', 'dear grandmother'))).toEqual({ code: 'bad-image', message: 'letter.png cannot be used: It is not a picture.' });
  });
});

describe('enrolling pictures', () => {
  it('needs a model, and says what to do', async () => {
    const imageId = await putFace(laboratory, 'anna', 1);
    expect(await refusal(laboratory.ask('enrol.images', { subject: { name: 'Anna' }, imageIds: [imageId] }))).toMatchObject({ code: 'no-model', message: expect.stringMatching(/Train one, or choose one/) });
  });

  it('judges each picture by itself and keeps the good ones, with the picture and its template', async () => {
    await trainModel(laboratory);
    const { ask, desk } = laboratory;
    const [first, second] = [await putFace(laboratory, 'anna', 1), await putFace(laboratory, 'anna', 2)];
    const { subject, outcomes } = await ask('enrol.images', { subject: { name: ' Anna ', note: 'staff' }, imageIds: [first, 'image-gone', second, first] });
    expect(outcomes.map(({ accepted, reason }) => [accepted, reason])).toEqual([
      [true, null], [false, expect.stringMatching(/not here/)], [true, null], [false, 'This very picture is enrolled already.'],
    ]);
    expect(subject).toMatchObject({ name: 'Anna', note: 'staff', samples: 2, templates: 2 });
    const { samples } = await ask('subjects.get', { subjectId: subject!.id });
    expect(samples).toMatchObject([{ fileName: 'anna-1.png', hasTemplate: true }, { fileName: 'anna-2.png', hasTemplate: true }]);
    expect(new TextDecoder().decode((await desk.image(samples[1]!.imageId, 9)).bytes)).toBe('face anna 2 at 9');
    const bob = await ask('enrol.images', { subject: { name: 'Bob' }, imageIds: [first] });
    expect(bob).toMatchObject({ subject: null, outcomes: [{ accepted: false, reason: 'This very picture is enrolled as Anna.' }] });
    expect((await ask('subjects.list', {})).total).toBe(1);
  });

  it('adds to a known person', async () => {
    await trainModel(laboratory);
    const { ask } = laboratory;
    const { subject } = await ask('enrol.images', { subject: { name: 'Anna' }, imageIds: [await putFace(laboratory, 'anna', 1)] });
    const more = await ask('enrol.images', { subject: { subjectId: subject!.id }, imageIds: [await putFace(laboratory, 'anna', 2)] });
    expect(more.subject).toMatchObject({ id: subject!.id, samples: 2 });
    expect((await refusal(ask('enrol.images', { subject: { subjectId: 'subject-gone' }, imageIds: ['image-1'] }))).code).toBe('not-found');
  });

  it('loses nobody who was acknowledged when the engine dies, and can be asked again', async () => {
    await trainModel(laboratory);
    const { ask, engines } = laboratory;
    await ask('enrol.images', { subject: { name: 'Anna' }, imageIds: [await putFace(laboratory, 'anna', 1)] });
    const imageId = await putFace(laboratory, 'bob', 1);
    engines.at('embed', 1, () => engines.crash('desk'));
    expect(await refusal(ask('enrol.images', { subject: { name: 'Bob' }, imageIds: [imageId] }))).toMatchObject({ code: 'engine-lost' });
    expect((await ask('subjects.list', {})).subjects.map(({ name }) => name)).toEqual(['Anna']);
    expect(await ask('enrol.images', { subject: { name: 'Bob' }, imageIds: [imageId] })).toMatchObject({ subject: { name: 'Bob', templates: 1 } });
  });
});

describe('enrolling a folder', () => {
  it('enrols everybody as a job, and its log names every picture that failed, with the reason', async () => {
    await trainModel(laboratory);
    const { ask, finished, home } = laboratory;
    const path = writePeople(join(home, 'staff'), 5, 3);
    writeFiles(path, { 'p2/broken.png': 'garbage', 'p3/copy.png': 'face p1 1' });
    const job = await finished((await ask('enrol.folder', { path })).jobId);
    expect(job).toMatchObject({ state: 'done', message: '15 pictures enrolled, 2 refused (12 %); the log gives each reason.' });
    expect(job.result).toEqual({ pictures: 17, enrolled: 15, enrolledBefore: 0, failedToEnrol: 2, failureToEnrolRate: 2 / 17, people: 5, peopleNotEnrolled: 0 });
    expect(job.log).toEqual(['p2/broken.png: It is not a picture.', 'p3/copy.png: This very picture is enrolled as somebody else.', 'That is p1.']);
    expect((await ask('subjects.list', {})).subjects.map(({ name, templates }) => [name, templates])).toEqual([['p1', 3], ['p2', 3], ['p3', 3], ['p4', 3], ['p5', 3]]);
    const again = await finished((await ask('enrol.folder', { path })).jobId);
    expect(again.message).toBe('0 pictures enrolled, 15 enrolled before, 2 refused (100 %); the log gives each reason.');
  });

  it('names two people in its log on two lines, each of which goes with its person', async () => {
    await trainModel(laboratory);
    const { ask, finished, home } = laboratory;
    const path = writeFiles(writePeople(join(home, 'staff'), 2, 1), { 'p2/copy.png': 'face p1 1' });
    const { jobId } = await ask('enrol.folder', { path });
    const line = 'p2/copy.png: This very picture is enrolled as somebody else.';
    expect((await finished(jobId)).log).toEqual([line, 'That is p1.']);
    const { subjects } = await ask('subjects.list', {});
    await ask('subjects.delete', { subjectId: subjects.find(({ name }) => name === 'p1')!.id, typedName: 'p1' });
    expect((await ask('jobs.get', { jobId })).log).toEqual([line]);
  });

  it('counts who has no picture that could be enrolled', async () => {
    await trainModel(laboratory);
    const { ask, finished, home } = laboratory;
    const path = writeFiles(writePeople(join(home, 'staff'), 2, 1), { 'p9/1.png': 'garbage', 'p9/2.png': 'garbage' });
    expect((await finished((await ask('enrol.folder', { path })).jobId)).result).toMatchObject({ enrolled: 2, failedToEnrol: 2, people: 3, peopleNotEnrolled: 1 });
  });

  it('survives an engine that dies in the middle, without losing or doubling anybody', async () => {
    await trainModel(laboratory);
    const { ask, finished, engines, home } = laboratory;
    engines.at('embed', 3, () => engines.crash('batch'));
    const job = await finished((await ask('enrol.folder', { path: writePeople(join(home, 'staff'), 20, 4) })).jobId);
    expect(job).toMatchObject({ state: 'done', message: '80 pictures enrolled.' });
    expect(job.log.join()).toMatch(/ended by SIGKILL.*done again/);
    const { subjects, total } = await ask('subjects.list', {});
    expect([total, ...new Set(subjects.map(({ templates }) => templates))]).toEqual([20, 4]);
  });

  it('keeps what it had enrolled when it is cancelled, and goes on from there', async () => {
    await trainModel(laboratory);
    const { ask, finished, engines, home } = laboratory;
    const path = writePeople(join(home, 'staff'), 20, 4);
    engines.at('embed', 3, async () => ask('jobs.cancel', { jobId: (await ask('jobs.list', {}))[0]!.id }));
    expect(await finished((await ask('enrol.folder', { path })).jobId)).toMatchObject({ state: 'cancelled' });
    const enrolled = (await ask('desk.state', {})).counts.samples;
    expect(enrolled).toBe(32);
    expect((await finished((await ask('enrol.folder', { path })).jobId)).message).toMatch(/^48 pictures enrolled, 32 enrolled before\.$/);
  });

  it('is refused without a folder, and fails in words without pictures', async () => {
    await trainModel(laboratory);
    const { ask, finished, home } = laboratory;
    expect((await refusal(ask('enrol.folder', { path: join(home, 'nowhere') }))).code).toBe('bad-dataset');
    const empty = writeFiles(join(home, 'empty'), { 'anna/notes.txt': '' });
    expect(await finished((await ask('enrol.folder', { path: empty })).jobId)).toMatchObject({ state: 'failed', error: { code: 'bad-dataset' } });
  });
});

describe('deleting a person', () => {
  it('wants the name typed, gives a receipt, and leaves nothing on the disk or in memory', async () => {
    await trainModel(laboratory);
    const { ask, finished, home, desk } = laboratory;
    using outside = temporaryHome();
    const path = writeFiles(outside.path, { 'Ottoline Farthing/1.png': 'face otto known-pixels-1', 'Ottoline Farthing/2.png': 'garbage', 'Bob/1.png': 'face bob 1' });
    await finished((await ask('enrol.folder', { path })).jobId);
    const { subjects } = await ask('subjects.list', { search: 'ottoline' });
    const { id, portrait } = subjects[0]!;
    await desk.image(portrait!, 64);
    expect(onDisk(home)).toEqual({ 'Ottoline Farthing': false, 'known-pixels-1': false });
    expect(await refusal(ask('subjects.delete', { subjectId: id, typedName: 'ottoline' }))).toMatchObject({ code: 'invalid-input', message: expect.stringMatching(/type the name exactly/) });
    const receipt = await ask('subjects.delete', { subjectId: id, typedName: 'Ottoline Farthing' });
    expect(receipt).toMatchObject({ subjectId: id, samples: 1, templates: 1, rowsLeft: 0 });
    expect(onDisk(home)).toEqual({ 'Ottoline Farthing': false, 'known-pixels-1': false });
    expect((await refusal(desk.image(portrait!, 64))).code).toBe('not-found');
    expect((await ask('subjects.list', {})).subjects.map(({ name }) => name)).toEqual(['Bob']);
    expect((await ask('jobs.list', {}))[0]!.log).toEqual([]);
  });

  it('can be done for a single sample', async () => {
    await trainModel(laboratory);
    const { ask } = laboratory;
    const { subject, outcomes } = await ask('enrol.images', { subject: { name: 'Anna' }, imageIds: [await putFace(laboratory, 'anna', 1), await putFace(laboratory, 'anna', 2)] });
    await ask('samples.delete', { sampleId: outcomes[0]!.sampleId! });
    expect((await ask('subjects.get', { subjectId: subject!.id })).samples.map(({ fileName }) => fileName)).toEqual(['anna-2.png']);
    expect((await refusal(ask('samples.delete', { sampleId: outcomes[0]!.sampleId! }))).code).toBe('not-found');
  });

  it('is not needed to change a name', async () => {
    await trainModel(laboratory);
    const { ask } = laboratory;
    const { subject } = await ask('enrol.images', { subject: { name: 'Anna' }, imageIds: [await putFace(laboratory, 'anna', 1)] });
    expect(await ask('subjects.rename', { subjectId: subject!.id, name: 'Anne' })).toMatchObject({ name: 'Anne' });
  });
});

function onDisk(home: string): Record<string, boolean> {
  const files = readdirSync(home, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const contents = files.map((file) => readFileSync(join(file.parentPath, file.name)));
  return Object.fromEntries(['Ottoline Farthing', 'known-pixels-1'].map((text) => [text, contents.some((bytes) => bytes.includes(text))]));
}
