import { RequestError } from '../contract/request-error.ts';
import type { RunningJob } from './jobs.ts';

/** Asks the engine once more when it ended under the question; the log of the job says that it happened. */
export async function surviveOneLoss<Value>(job: RunningJob, ask: () => Promise<Value>): Promise<Value> {
  try {
    return await ask();
  } catch (error) {
    if (!isEngineLoss(error) || job.signal.aborted) throw error;
    job.log(`${error.message} This piece of work is done again.`);
    return await ask();
  }
}

export function isEngineLoss(error: unknown): error is RequestError {
  return error instanceof RequestError && error.code === 'engine-lost';
}
