import type { DeskEvent } from '../contract/events.ts';
import type { Costliest, RunEpoch, RunStep } from '../contract/requests/runs.ts';
import { saveCostliest, saveRunEpoch, saveRunStep, unkeepOtherEpochs } from '../store/run-progress.ts';
import type { Database } from '../store/statement.ts';
import { transaction } from '../store/statement.ts';

export interface RecorderOptions {
  database: Database;
  runId: string;
  emit: (event: DeskEvent) => void;
}

/** Steps wait so long for company: each commit waits for the disk. */
const writeEveryMs = 500;

/** Writes what a run tells: steps a handful at a time, the rest at once; all of it is told to the windows at once. */
export class RunRecorder {
  readonly #options: RecorderOptions;
  #waiting: RunStep[] = [];
  #writtenAt = 0;

  constructor(options: RecorderOptions) {
    this.#options = options;
  }

  step(step: RunStep): void {
    const { runId, emit } = this.#options;
    this.#waiting.push(step);
    emit({ type: 'run.step', runId, step });
    if (Date.now() - this.#writtenAt >= writeEveryMs) this.flush();
  }

  epoch(epoch: RunEpoch): void {
    const { database, runId, emit } = this.#options;
    transaction(database, () => {
      this.#write();
      saveRunEpoch(database, runId, epoch);
      if (epoch.kept) unkeepOtherEpochs(database, runId, epoch.epoch);
    });
    emit({ type: 'run.epoch', runId, epoch });
  }

  costliest(costliest: Costliest): void {
    const { database, runId, emit } = this.#options;
    saveCostliest(database, runId, costliest);
    emit({ type: 'run.costliest', runId, costliest });
  }

  flush(): void {
    transaction(this.#options.database, () => this.#write());
  }

  #write(): void {
    const { database, runId } = this.#options;
    for (const step of this.#waiting.splice(0)) saveRunStep(database, runId, step);
    this.#writtenAt = Date.now();
  }
}
