import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { RequestError } from '../contract/request-error.ts';
import type { ThreadMessage, ThreadProgress, ThreadTasks } from './thread-tasks.ts';

export interface ThreadOptions {
  signal: AbortSignal;
  onProgress: (progress: ThreadProgress) => void;
}

/** JavaScript always, never types for Node to strip (docs/decisions/0014): beside this file in a bundle, else from the set-up's step `threads`. */
const workerFile = new URL(import.meta.url.endsWith('.ts') ? '../../.cache/threads/scoring-worker.js' : './scoring-worker.js', import.meta.url);

/** For work that is over before anybody would want to stop it. */
export const unwatched = (): ThreadOptions => ({ signal: new AbortController().signal, onProgress: () => undefined });

/** Does one task in a thread of its own, so that the desk goes on answering. Stopped by the signal at once. */
export function runInThread<Name extends keyof ThreadTasks>(
  task: Name,
  order: ThreadTasks[Name]['order'],
  { signal, onProgress }: ThreadOptions,
): Promise<ThreadTasks[Name]['outcome']> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(cancelled());
    if (!existsSync(workerFile)) return reject(new RequestError('storage', `${fileURLToPath(workerFile)} is not there. Make it with: npm run likeness -- setup`));
    const worker = new Worker(workerFile, { workerData: { task, order } });
    const stop = (): void => void worker.terminate().then(() => reject(cancelled()));
    signal.addEventListener('abort', stop, { once: true });
    worker.on('message', (message: ThreadMessage) => {
      if (message.type === 'progress') onProgress(message.progress);
      else if (message.type === 'done') resolve(message.outcome as ThreadTasks[Name]['outcome']);
      else reject(new RequestError(message.code, message.message));
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
