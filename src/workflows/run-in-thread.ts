import { Worker } from 'node:worker_threads';
import { RequestError } from '../contract/request-error.ts';
import type { ThreadMessage, ThreadProgress, ThreadTasks } from './thread-tasks.ts';

export interface ThreadOptions {
  signal: AbortSignal;
  onProgress: (progress: ThreadProgress) => void;
}

/** Beside this file: as source, or as the entry `scoring-worker` of a bundle. */
const workerFile = new URL(import.meta.url.endsWith('.ts') ? './scoring-worker.ts' : './scoring-worker.js', import.meta.url);

/** Does one task in a thread of its own, so that the desk goes on answering. Stopped by the signal at once. */
export function runInThread<Name extends keyof ThreadTasks>(
  task: Name,
  order: ThreadTasks[Name]['order'],
  { signal, onProgress }: ThreadOptions,
): Promise<ThreadTasks[Name]['outcome']> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(cancelled());
    const worker = new Worker(workerFile, { workerData: { task, order } });
    const loaded = Promise.withResolvers<null>();
    // Ended only once it has loaded: workers of Node 24 were seen to take the process along (SIGTRAP, SIGSEGV), while loading as far as we know.
    const stop = (): void => void loaded.promise.then(() => worker.terminate()).then(() => reject(cancelled()));
    signal.addEventListener('abort', stop, { once: true });
    worker.on('message', (message: ThreadMessage) => {
      if (message.type === 'loaded') loaded.resolve(null);
      else if (message.type === 'progress') onProgress(message.progress);
      else if (message.type === 'done') resolve(message.outcome as ThreadTasks[Name]['outcome']);
      else reject(new RequestError(message.code, message.message));
    });
    worker.on('error', reject);
    worker.on('exit', (code) => {
      signal.removeEventListener('abort', stop);
      loaded.resolve(null);
      // Without effect after an answer.
      reject(new Error(`The scoring thread ended without an answer (code ${code}).`));
    });
  });
}

function cancelled(): RequestError {
  return new RequestError('cancelled', 'The evaluation was cancelled.');
}
