import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Job } from '../contract/jobs.ts';
import { RequestError } from '../contract/request-error.ts';
import type { Store } from '../store/store.ts';
import { openStore } from '../store/store.ts';
import type { JobOrder, RunningJob } from './jobs.ts';
import { Jobs } from './jobs.ts';

let home: string;
let store: Store;
let jobs: Jobs;
let told: Job[];
let logged: string[];

const newJobs = (deskId: string): Jobs =>
  new Jobs({
    database: store.database, lines: store.jobLines, deskId, log: (message) => logged.push(message),
    emit: (event) => event.type === 'job' && told.push(event.job),
  });

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'likeness-jobs-'));
  store = openStore(home);
  told = [];
  logged = [];
  jobs = newJobs('desk-1');
});
afterEach(() => {
  store.close();
  rmSync(home, { recursive: true, force: true });
});

const order = (work: (job: RunningJob) => Promise<string>, isBatch = false): JobOrder => ({
  kind: 'dataset', title: 'Work', subjectId: null, unit: 'images', isBatch, work,
});
const untilAborted = (job: RunningJob): Promise<never> =>
  new Promise((_, reject) => job.signal.addEventListener('abort', () => reject(new RequestError('cancelled', 'Stopped.'))));
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('a job', () => {
  it('tells the windows how it goes on, and keeps how it ended', async () => {
    const { id } = jobs.start(order(async (job) => {
      for (let done = 0; done <= 60; done++) {
        job.progress({ done, total: 60 });
        await pause(5);
      }
      job.log('Something to know.');
      return 'All 60 are done.';
    }));
    const ended = await jobs.settled(id);
    expect(ended).toMatchObject({ state: 'done', done: 60, total: 60, message: 'All 60 are done.', remainingMs: null, error: null, log: ['Something to know.'] });
    expect(ended.rate).toBeGreaterThan(20);
    expect(told[0]!.state).toBe('queued');
    expect(told.at(-1)).toMatchObject({ state: 'done', log: ['Something to know.'] });
    const between = told.filter(({ remainingMs }) => remainingMs !== null);
    expect(between.length).toBeGreaterThan(0);
    expect(between.every(({ done }) => done < 60)).toBe(true);
    // A hundred reports a second would drown the windows.
    expect(told.length).toBeLessThan(12);
    expect(told.map(({ done }) => done)).toEqual(told.map(({ done }) => done).sort((one, other) => one - other));
  });

  it.each([
    [new RequestError('bad-dataset', 'There is nothing there.'), { state: 'failed', error: { code: 'bad-dataset', message: 'There is nothing there.' } }],
    [new RequestError('engine-lost', 'The engine ended.'), { state: 'interrupted', error: { code: 'engine-lost', message: 'The engine ended.' } }],
    [new TypeError('x is undefined'), { state: 'failed', error: { code: 'internal', message: expect.stringMatching(/The log has the details/) } }],
  ])('that throws %s says so', async (error, ending) => {
    const { id } = jobs.start(order(() => Promise.reject(error)));
    expect(await jobs.settled(id)).toMatchObject(ending);
    expect(logged).toHaveLength(error instanceof RequestError ? 0 : 1);
  });

  it('is cancelled at once, also while it waits for its turn', async () => {
    const first = jobs.start(order(untilAborted, true));
    const second = jobs.start(order(untilAborted, true));
    await pause(10);
    expect(jobs.get(first.id).state).toBe('running');
    expect(jobs.get(second.id)).toMatchObject({ state: 'queued', message: 'Waiting for its turn.' });
    jobs.cancel(second.id);
    jobs.cancel(first.id);
    expect(await jobs.settled(first.id)).toMatchObject({ state: 'cancelled', message: 'Cancelled.', error: null });
    expect(jobs.cancel(first.id).state).toBe('cancelled');
    expect(() => jobs.get('job-unknown')).toThrow(/not known/);
  });

  it('does not wait behind batch work unless it is batch work', async () => {
    const long = jobs.start(order(untilAborted, true));
    const quick = jobs.start(order(async () => 'Done.'));
    expect((await jobs.settled(quick.id)).state).toBe('done');
    jobs.cancel(long.id);
    await jobs.settled(long.id);
  });

  it('is interrupted, not cancelled, when the desk is closed', async () => {
    const { id } = jobs.start(order(untilAborted));
    await pause(5);
    await jobs.close();
    expect(jobs.get(id)).toMatchObject({ state: 'interrupted', message: 'Likeness was closed while this was at work.' });
  });

  it('of another window can be seen, and is stopped there on request', async () => {
    const { id } = jobs.start(order(untilAborted));
    await pause(5);
    const other = newJobs('desk-2');
    expect(other.list().map(({ title, state }) => [title, state])).toEqual([['Work', 'running']]);
    other.honorCancelRequests();
    other.cancel(id);
    jobs.honorCancelRequests();
    expect((await jobs.settled(id)).state).toBe('cancelled');
  });

  it('that meets a full disk fails in words, and the windows hear of it', async () => {
    const { id } = jobs.start(order(async (job) => {
      await pause(5);
      store.database.pragma(`max_page_count = ${(store.database.pragma('page_count', { simple: true }) as number) + 1}`);
      for (let line = 0; line < 100; line++) job.log('x'.repeat(4000));
      return 'Done.';
    }));
    await jobs.settled(id);
    expect(told.at(-1)).toMatchObject({ state: 'failed', error: { code: 'storage', message: expect.stringMatching(/is full.*free some space/) } });
  });

  it('forgets the lines about a person who is deleted', async () => {
    const { id } = jobs.start(order(async (job) => {
      job.log('Anna/1.png: too dark', 'Anna');
      job.log('Bob/1.png: too dark', 'Bob');
      return 'Done.';
    }));
    await jobs.settled(id);
    store.jobLines.forget('Anna');
    expect(jobs.get(id).log).toEqual(['Bob/1.png: too dark']);
  });
});
