import type { JobRecord } from '../store/jobs.ts';
import type { Ending } from './job-ending.ts';

export interface MeterOutlets {
  save: (job: JobRecord) => void;
  tell: (job: JobRecord) => void;
}

/** Windows hear of progress at most this often, the store less often. */
const tellEveryMs = 100;
const saveEveryMs = 1000;
/** Time constant of the smoothed rate, unless the job knows a better one. */
const usualSmoothingMs = 4000;

/** Follows one job: smooths its rate, estimates what remains, and does not flood anybody. */
export class ProgressMeter {
  #job: JobRecord;
  readonly #outlets: MeterOutlets;
  readonly #smoothingMs: number;
  #toldAt = 0;
  #savedAt = 0;
  #measuredAt = 0;
  #measuredDone = 0;
  #later: NodeJS.Timeout | undefined;
  #failure: unknown;

  constructor(job: JobRecord, outlets: MeterOutlets, smoothingMs = usualSmoothingMs) {
    this.#job = { ...job };
    this.#outlets = outlets;
    this.#smoothingMs = smoothingMs;
  }

  begin(): void {
    this.#measuredAt = Date.now();
    this.#change({ state: 'running', message: '' });
    this.#publish();
  }

  /** @throws what went wrong when an earlier report could not be kept. */
  report(now: { done?: number; total?: number | null; message?: string; unit?: string }): void {
    if (this.#failure !== undefined) throw this.#failure;
    // Less done than before: a new stage counts from the start.
    if (now.done !== undefined && now.done < this.#job.done) this.#restartRate(now.done);
    this.#change(now);
    if (now.done !== undefined) this.#measure();
    this.touch();
  }

  /** Something changed that the windows should see soon. */
  touch(): void {
    const wait = this.#toldAt + tellEveryMs - Date.now();
    if (wait <= 0) this.#publish();
    else this.#later ??= setTimeout(() => this.#publishLater(), wait);
  }

  end(ending: Ending): void {
    this.#change({ ...ending, remainingMs: null, endedAt: Date.now() });
    if (ending.state === 'done' && this.#job.total !== null) this.#change({ done: this.#job.total });
    this.#savedAt = 0;
    this.#publish();
  }

  /** A timer has nobody to throw to: the work hears of it at its next report. */
  #publishLater(): void {
    try {
      this.#publish();
    } catch (error) {
      this.#failure = error;
    }
  }

  #publish(): void {
    clearTimeout(this.#later);
    this.#later = undefined;
    const now = Date.now();
    this.#toldAt = now;
    this.#outlets.tell(this.#job);
    if (now - this.#savedAt < saveEveryMs) return;
    this.#savedAt = now;
    this.#outlets.save(this.#job);
  }

  #restartRate(done: number): void {
    this.#measuredAt = Date.now();
    this.#measuredDone = done;
    this.#change({ rate: null, remainingMs: null });
  }

  #measure(): void {
    const now = Date.now();
    const elapsedMs = now - this.#measuredAt;
    const { done, total, rate } = this.#job;
    if (elapsedMs < tellEveryMs || done === this.#measuredDone) return;
    const current = ((done - this.#measuredDone) / elapsedMs) * 1000;
    const share = 1 - Math.exp(-elapsedMs / this.#smoothingMs);
    const smoothed = rate === null ? current : rate + (current - rate) * share;
    this.#measuredAt = now;
    this.#measuredDone = done;
    // What comes after a whole stage is not known yet.
    this.#change({ rate: smoothed, remainingMs: total === null || done >= total ? null : ((total - done) / smoothed) * 1000 });
  }

  #change(change: Partial<JobRecord>): void {
    this.#job = { ...this.#job, ...change };
  }
}
