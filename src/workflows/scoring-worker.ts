import { parentPort, workerData } from 'node:worker_threads';
import { RequestError } from '../contract/request-error.ts';
import { EvaluationError } from '../evaluation/score-set.ts';
import type { ThreadMessage, ThreadProgress, ThreadTasks } from './thread-tasks.ts';
import { threadTasks } from './thread-tasks.ts';

// A thread for one order: it ends with its answer.
const say = (message: ThreadMessage): void => parentPort!.postMessage(message);
const { task, order } = workerData as { task: keyof ThreadTasks; order: never };
try {
  const steps: Iterator<ThreadProgress, unknown> | AsyncIterator<ThreadProgress, unknown> = threadTasks[task](order);
  let step = await steps.next();
  for (; !step.done; step = await steps.next()) say({ type: 'progress', progress: step.value });
  say({ type: 'done', outcome: step.value });
} catch (error) {
  if (error instanceof EvaluationError) say({ type: 'refused', code: 'too-little-data', message: error.message });
  else if (error instanceof RequestError) say({ type: 'refused', code: error.code, message: error.message });
  else throw error;
}
