import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { requestTable } from '../contract/requests.ts';
import { temporaryHome } from '../store/test-support/temporary-home.ts';
import { holdDeskLock } from '../store/desk-lock.ts';
import { saveJob } from '../store/jobs.ts';
import { openStore } from '../store/store.ts';
import { aJob } from '../store/test-support/sample-rows.ts';
import { openDesk } from './app.ts';
import { fakeEngines } from './test-support/fake-engine.ts';
import { addPeople, openLaboratory, refusal, smallRecipe, writeFiles } from './test-support/laboratory.ts';

describe('the desk', () => {
  it('answers every request of the table', async () => {
    const laboratory = await openLaboratory();
    expect(Object.keys(laboratory.desk.handlers).sort()).toEqual(Object.keys(requestTable).sort());
    await laboratory.leave();
  });

  it('opens empty, with an engine that gets ready and measures itself', async () => {
    const laboratory = await openLaboratory();
    const { ask, next } = laboratory;
    expect(await ask('desk.state', {})).toMatchObject({
      project: { isDemo: false, folder: laboratory.home }, model: null, threshold: null, host: 'browser',
      counts: { subjects: 0, samples: 0, datasets: 0, runs: 0, models: 0, evaluations: 0 },
    });
    if ((await ask('desk.state', {})).device === null) await next((event) => event.type === 'changed' && event.topic === 'desk');
    expect(await ask('desk.state', {})).toMatchObject({ device: { label: 'CPU, 1 GFLOP/s' }, engine: 'ready' });
    expect(await ask('device.report', {})).toMatchObject({ label: 'CPU, 1 GFLOP/s', setup: [] });
    await laboratory.leave();
  });

  it('tells how the set-up of the checkout went', async () => {
    using checkout = temporaryHome();
    const step = { name: 'tensorflow', state: 'ready', detail: 'TensorFlow 2.21', reason: null, command: null };
    writeFiles(checkout.path, { '.cache/setup.json': JSON.stringify({ schema: 1, steps: [{ ...step, durationMs: 3 }] }) });
    const laboratory = await openLaboratory({ resources: join(checkout.path, 'resources') });
    expect((await laboratory.ask('device.report', {})).setup).toEqual([step]);
    writeFiles(checkout.path, { '.cache/setup.json': '{"steps": [{"na' });
    expect((await laboratory.ask('device.report', { remeasure: true })).setup).toEqual([]);
    await laboratory.leave();
  });

  it('says in words when its folder cannot be used', async () => {
    using home = temporaryHome();
    writeFileSync(join(home.path, 'likeness.sqlite'), 'x'.repeat(5000));
    const opened = openDesk({
      home: home.path, resources: home.path, host: 'terminal', version: '0', log: () => undefined, spawnEngine: fakeEngines().spawn,
    });
    expect(await refusal(opened)).toMatchObject({ code: 'storage', message: expect.stringMatching(/is not a Likeness database/) });
  });

  it('says the truth about the work of a desk that was killed, and leaves the work of one that lives', async () => {
    using home = temporaryHome();
    const store = openStore(home.path);
    saveJob(store.database, aJob('job-dead', 'desk-dead'));
    saveJob(store.database, aJob('job-alive', 'desk-alive'));
    store.close();
    const lock = holdDeskLock(join(home.path, 'desks'), 'desk-alive');
    const laboratory = await openLaboratory({ home: home.path });
    const states = (await laboratory.ask('jobs.list', {})).map(({ id, state }) => [id, state]);
    expect(states.sort()).toEqual([['job-alive', 'running'], ['job-dead', 'interrupted']]);
    expect(await laboratory.ask('jobs.get', { jobId: 'job-dead' })).toMatchObject({ message: 'Likeness ended while this was at work.', endedAt: expect.any(Number) });
    lock.release();
    await laboratory.desk.close();
  });

  it('knows a run whose desk was killed by kill -9, and goes on with it from the checkpoint', async () => {
    using home = temporaryHome();
    const child = spawn(process.execPath, [join(import.meta.dirname, 'test-support', 'killed-desk.ts'), home.path], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'exit');
    const laboratory = await openLaboratory({ home: home.path });
    const [run] = await laboratory.ask('runs.list', {});
    expect(run).toMatchObject({ state: 'interrupted', error: 'Likeness ended while this was at work.', canResume: true });
    expect(run!.epoch).toBeGreaterThanOrEqual(3);
    expect((await laboratory.ask('jobs.list', {}))[0]).toMatchObject({ kind: 'train', state: 'interrupted' });
    const firstStep = laboratory.next((event) => event.type === 'run.step');
    const { jobId } = await laboratory.ask('runs.resume', { runId: run!.id });
    const event = await firstStep;
    expect(event.type === 'run.step' && event.step.step).toBeGreaterThanOrEqual(9);
    await laboratory.ask('jobs.cancel', { jobId });
    await laboratory.finished(jobId);
    await laboratory.desk.close();
  });

  it('hears of what another window does, and stops a job there on request', async () => {
    const one = await openLaboratory();
    const other = await openLaboratory({ home: one.home });
    const datasetId = await addPeople(one);
    const heard = other.next((event) => event.type === 'changed' && event.topic === 'datasets');
    const { runId, jobId } = await one.ask('runs.start', { datasetId, recipe: smallRecipe(10_000) });
    await heard;
    expect(await other.ask('datasets.list', {})).toHaveLength(1);
    expect(await other.ask('jobs.get', { jobId })).toMatchObject({ state: 'running' });
    await other.ask('jobs.cancel', { jobId });
    expect(await one.finished(jobId)).toMatchObject({ state: 'cancelled' });
    expect((await other.ask('runs.get', { runId })).run).toMatchObject({ state: 'cancelled', canResume: true });
    await other.desk.close();
    await one.leave();
  });
});

describe('choosing a folder', () => {
  it('shows folders and manifests, folders first, in natural order', async () => {
    const laboratory = await openLaboratory();
    const root = writeFiles(join(laboratory.home, 'places'), { 's10/x.png': '', 's9/x.png': '', 'list.csv': '', 'lab.backup': '', 'notes.txt': '', '.hidden/x': '' });
    mkdirSync(join(root, 'empty'));
    const listed = await laboratory.ask('folders.list', { path: root });
    expect(listed).toMatchObject({ path: root, parent: laboratory.home });
    expect(listed.entries.map(({ name, kind }) => [name, kind])).toEqual([['empty', 'folder'], ['s9', 'folder'], ['s10', 'folder'], ['list.csv', 'file']]);
    const backups = await laboratory.ask('folders.list', { path: root, files: 'backup' });
    expect(backups.entries.filter(({ kind }) => kind === 'file').map(({ name }) => name)).toEqual(['lab.backup']);
    expect((await laboratory.ask('folders.list', { path: '/' })).parent).toBeNull();
    expect((await refusal(laboratory.ask('folders.list', { path: join(root, 'gone') }))).code).toBe('not-found');
    await laboratory.leave();
  });
});
