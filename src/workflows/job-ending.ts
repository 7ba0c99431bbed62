import type { Job } from '../contract/jobs.ts';
import { RequestError } from '../contract/request-error.ts';

export type Ending = Pick<Job, 'state' | 'message' | 'error' | 'result'>;

/** The reason of a job's aborted signal. */
export type WhyStopped = 'cancelled' | 'closing';

/** How a job whose work threw has ended, in words. */
export function endingOf(error: unknown, signal: AbortSignal): Ending {
  if (isClosing(signal)) return { state: 'interrupted', message: 'Likeness was closed while this was at work.', error: null, result: null };
  if (signal.aborted) return { state: 'cancelled', message: 'Cancelled.', error: null, result: null };
  if (!(error instanceof RequestError)) {
    const message = 'Something went wrong inside Likeness. The log has the details.';
    return { state: 'failed', message, error: { code: 'internal', message }, result: null };
  }
  const { code, message } = error;
  return { state: code === 'engine-lost' ? 'interrupted' : 'failed', message, error: { code, message }, result: null };
}

export function isClosing(signal: AbortSignal): boolean {
  return signal.aborted && signal.reason === ('closing' satisfies WhyStopped);
}
