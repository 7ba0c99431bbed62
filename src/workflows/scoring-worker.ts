import { parentPort, workerData } from 'node:worker_threads';
import { EvaluationError } from '../evaluation/score-set.ts';
import type { ScoredOutcome, ScoringOrder } from './scoring.ts';
import { score } from './scoring.ts';

/** What the thread says to the desk. */
export type ScoringMessage =
  | { type: 'progress'; done: number; total: number }
  | { type: 'done'; outcome: ScoredOutcome }
  | { type: 'refused'; message: string };

// A thread for one order: it ends with its answer.
const say = (message: ScoringMessage): void => parentPort!.postMessage(message);
try {
  const steps = score(workerData as ScoringOrder);
  let step = steps.next();
  for (; !step.done; step = steps.next()) say({ type: 'progress', ...step.value });
  say({ type: 'done', outcome: step.value });
} catch (error) {
  if (!(error instanceof EvaluationError)) throw error;
  say({ type: 'refused', message: error.message });
}
