import type { RunningJob } from './jobs.ts';

/** Counts the pictures of a sweep, learnt from or embedded, over all of its runs: they take about as long whatever is done with them. */
export class SweepMeter {
  readonly #job: RunningJob;
  #total: number;
  #before = 0;
  #expected = 0;
  #within = 0;
  #spared = 0;

  /** @param images of all runs that are to be done. */
  constructor(job: RunningJob, images: number) {
    this.#job = job;
    this.#total = images;
    job.progress({ done: 0, total: images });
  }

  /** A run of so many pictures begins. */
  enter(expected: number): void {
    this.#expected = expected;
    this.#within = 0;
    this.#spared = 0;
  }

  /** The run begins in the middle, where an earlier sweep left it: so many pictures are not for this one to see. */
  spare(images: number): void {
    if (this.#within > 0) return;
    this.#spared = images;
    this.#total -= images;
    this.#job.progress({ total: this.#total });
  }

  /** The run stands at this picture, counted from its very beginning. */
  reach(images: number): void {
    this.#within = Math.max(this.#within, images - this.#spared);
    this.#job.progress({ done: this.#before + this.#within });
  }

  /** The run is over, whether or not it took all that was expected. */
  leave(): void {
    this.#before += this.#expected - this.#spared;
    this.#job.progress({ done: this.#before });
  }
}
