import type { DeskEvent } from '../contract/events.ts';
import type { Job } from '../contract/jobs.ts';
import { RequestError } from '../contract/request-error.ts';
import type { JobLines } from '../store/job-lines.ts';
import type { JobRecord } from '../store/jobs.ts';
import { findJob, listCancelRequests, listJobs, listOpenJobs, removeOldJobs, requestCancel, saveJob } from '../store/jobs.ts';
import type { Database } from '../store/statement.ts';
import { newIdentifier } from './identifiers.ts';
import type { Ending, WhyStopped } from './job-ending.ts';
import { endingOf } from './job-ending.ts';
import { ProgressMeter } from './progress-meter.ts';
import type { Log } from './workbench.ts';

/** What the work says while it goes on. */
export interface RunningJob {
  readonly id: string;
  /** Aborted when somebody cancels the job, or the desk closes; its reason says which (WhyStopped). */
  readonly signal: AbortSignal;
  progress(now: { done?: number; total?: number | null; message?: string; unit?: string }): void;
  /** `about` is the person a line speaks of: the line is sealed, and goes when the person is deleted. */
  log(text: string, about?: string): void;
}

export interface JobOrder {
  kind: Job['kind'];
  title: string;
  subjectId: string | null;
  unit: string;
  /** Work on the batch engine queues up, one at a time. */
  isBatch: boolean;
  /** Time over which the rate is smoothed: longer for work with pauses in it, so that the time that remains does not jump. */
  smoothingMs?: number;
  /** Resolves with the closing sentence, and figures where there are some. */
  work: (job: RunningJob) => Promise<string | Conclusion>;
}

export interface Conclusion {
  message: string;
  result: NonNullable<Job['result']>;
}

export interface JobsOptions {
  database: Database;
  lines: JobLines;
  deskId: string;
  emit: (event: DeskEvent) => void;
  log: Log;
}

interface ActiveJob {
  controller: AbortController;
  finished: Promise<void>;
}

const listedJobs = 100;
const keptJobs = 500;
/** Lines that travel with lists and events; `get` has the whole log. */
const shortLog = 20;
const longLog = 10_000;

/** Long work with a face: kept in the store, told to the windows, cancelled at once, honest about how it ended. */
export class Jobs {
  readonly #options: JobsOptions;
  readonly #active = new Map<string, ActiveJob>();
  #batchQueue: Promise<void> = Promise.resolve();

  constructor(options: JobsOptions) {
    this.#options = options;
  }

  /** Under which this process's jobs and its sign of life are known. */
  get deskId(): string {
    return this.#options.deskId;
  }

  start(order: JobOrder): Job {
    const { kind, title, subjectId, unit } = order;
    const record: JobRecord = { ...queuedJob(this.#options.deskId), kind, title, subjectId, unit };
    const controller = new AbortController();
    saveJob(this.#options.database, record);
    this.#tell(record);
    const begin = (): Promise<void> => this.#run(record, order, controller.signal);
    const finished = order.isBatch ? this.#batchQueue.then(begin) : Promise.resolve().then(begin);
    if (order.isBatch) this.#batchQueue = finished;
    this.#active.set(record.id, { controller, finished });
    return this.#withLog(record, shortLog);
  }

  /** The newest first. */
  list(): Job[] {
    return listJobs(this.#options.database, listedJobs).map((record) => this.#withLog(record, shortLog));
  }

  /** @throws RequestError('not-found') */
  get(id: string): Job {
    return this.#withLog(this.#find(id), longLog);
  }

  /** Stops a job of this desk at once, and one of another window as soon as it looks. An ended job stays as it is. */
  cancel(id: string): Job {
    const { state } = this.#find(id);
    const own = this.#active.get(id);
    if (own !== undefined) own.controller.abort('cancelled' satisfies WhyStopped);
    else if (state === 'queued' || state === 'running') requestCancel(this.#options.database, id);
    return this.get(id);
  }

  /** A job of this kind (and on this thing) that has not ended, in whichever window. */
  findOpen(kind: Job['kind'], subjectId?: string): Job | undefined {
    const open = listOpenJobs(this.#options.database).find((job) => job.kind === kind && (subjectId ?? job.subjectId) === job.subjectId);
    return open && this.#withLog(open, shortLog);
  }

  /** Whether something is at work that needs the store's keys until its end. */
  needsKeys(): boolean {
    return (['enrol-folder', 'demo', 'evaluate', 're-embed', 'protect-templates'] as const).some((kind) => this.findOpen(kind) !== undefined);
  }

  /** Resolves when the job has ended. */
  async settled(id: string): Promise<Job> {
    await this.#active.get(id)?.finished;
    return this.get(id);
  }

  /** Stops the jobs that another window asked to stop. */
  honorCancelRequests(): void {
    if (this.#active.size === 0) return;
    const { database, deskId } = this.#options;
    for (const id of listCancelRequests(database, deskId)) this.#active.get(id)?.controller.abort('cancelled' satisfies WhyStopped);
  }

  /** Interrupts what is at work; resolves when all of it has stopped. */
  async close(): Promise<void> {
    const ending = [...this.#active.values()];
    for (const { controller } of ending) controller.abort('closing' satisfies WhyStopped);
    await Promise.all(ending.map(({ finished }) => finished));
  }

  async #run(record: JobRecord, order: JobOrder, signal: AbortSignal): Promise<void> {
    const { database, log } = this.#options;
    const meter = new ProgressMeter(record, { save: (job) => saveJob(database, job), tell: (job) => this.#tell(job) }, order.smoothingMs);
    let ending: Ending;
    try {
      if (!signal.aborted) meter.begin();
      // Work that was cancelled in the queue still runs: it finds its signal aborted and leaves its things in order.
      const concluded = await order.work(this.#handle(record.id, signal, meter));
      const { message, result } = typeof concluded === 'string' ? { message: concluded, result: null } : concluded;
      ending = { state: 'done', message, error: null, result };
    } catch (error) {
      ending = endingOf(error, signal);
      if (ending.error?.code === 'internal') log(`The job "${order.title}" failed.`, error);
    }
    this.#active.delete(record.id);
    try {
      meter.end(ending);
      removeOldJobs(database, keptJobs);
    } catch (error) {
      // The windows know how it ended; a disk that cannot keep it shows itself at the next request too.
      log(`The end of the job "${order.title}" could not be kept.`, error);
    }
  }

  #handle(id: string, signal: AbortSignal, meter: ProgressMeter): RunningJob {
    return {
      id,
      signal,
      progress: (now) => meter.report(now),
      log: (text, about) => {
        this.#options.lines.append({ jobId: id, text, about: about ?? null });
        meter.touch();
      },
    };
  }

  #find(id: string): JobRecord {
    const record = findJob(this.#options.database, id);
    if (record === undefined) throw new RequestError('not-found', 'This job is not known (any more).');
    return record;
  }

  #tell(record: JobRecord): void {
    this.#options.emit({ type: 'job', job: this.#withLog(record, shortLog) });
  }

  #withLog({ deskId: _deskId, ...job }: JobRecord, lines: number): Job {
    return { ...job, log: this.#options.lines.list(job.id, lines) };
  }
}

function queuedJob(deskId: string): Omit<JobRecord, 'kind' | 'title' | 'subjectId' | 'unit'> {
  return {
    id: newIdentifier('job'), deskId, state: 'queued', done: 0, total: null, rate: null, remainingMs: null,
    message: 'Waiting for its turn.', error: null, result: null, createdAt: Date.now(), endedAt: null,
  };
}
