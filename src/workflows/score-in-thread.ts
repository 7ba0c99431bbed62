import { Worker } from 'node:worker_threads';
import { RequestError } from '../contract/request-error.ts';
import type { ScoredOutcome, ScoringOrder } from './scoring.ts';
import type { ScoringMessage } from './scoring-worker.ts';

export interface ThreadOptions {
  signal: AbortSignal;
  onProgress: (done: number, total: number) => void;
}

/** Beside this file: as source, or as the entry `scoring-worker` of a bundle. */
const workerFile = new URL(import.meta.url.endsWith('.ts') ? './scoring-worker.ts' : './scoring-worker.js', import.meta.url);

/** Scores one system in a thread of its own, so that the desk goes on answering. */
export function scoreInThread(order: ScoringOrder, { signal, onProgress }: ThreadOptions): Promise<ScoredOutcome> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(cancelled());
    const worker = new Worker(workerFile, { workerData: order });
    const stop = (): void => void worker.terminate().then(() => reject(cancelled()));
    signal.addEventListener('abort', stop, { once: true });
    worker.on('message', (message: ScoringMessage) => {
      if (message.type === 'progress') onProgress(message.done, message.total);
      else if (message.type === 'done') resolve(message.outcome);
      else reject(new RequestError('too-little-data', message.message));
    });
    worker.on('error', reject);
    worker.on('exit', (code) => {
      signal.removeEventListener('abort', stop);
      // Without effect after an answer.
      reject(new Error(`The scoring thread ended without an answer (code ${code}).`));
    });
  });
}

function cancelled(): RequestError {
  return new RequestError('cancelled', 'The evaluation was cancelled.');
}
