import type { DeskEvent } from '../contract/events.ts';
import type { Job } from '../contract/jobs.ts';
import type { RequestErrorCode } from '../contract/request-error.ts';
import { RequestError } from '../contract/request-error.ts';
import { progressDisplay } from './progress-display.ts';
import type { Session } from './session.ts';

/** A line to keep above the bar for an event, or null. */
export type Remark = (event: DeskEvent) => string | null;

/**
 * Shows a job's progress until it has ended, and resolves with it. Ctrl-C cancels the job and waits for it to stop.
 *
 * @throws RequestError with the job's own code when it failed, 'cancelled' when it was cancelled.
 */
export async function followJob(session: Session, jobId: string, remark: Remark = () => null): Promise<Job> {
  const display = progressDisplay(session.terminal);
  const ended = Promise.withResolvers<Job>();
  const look = (job: Job): void => {
    if (job.state === 'queued' || job.state === 'running') display.show(job);
    else ended.resolve(job);
  };
  const stopListening = session.desk.subscribe((event) => {
    if (event.type === 'job' && event.job.id === jobId) look(event.job);
    const line = remark(event);
    if (line !== null) display.say(line);
  });
  const cancel = (): void => {
    display.say('Stopping. Press Ctrl-C again to end at once.');
    session.ask('jobs.cancel', { jobId }).catch(ended.reject);
  };
  try {
    session.signal.addEventListener('abort', cancel, { once: true });
    if (session.signal.aborted) cancel();
    // The job may have ended before anybody listened.
    session.ask('jobs.get', { jobId }).then(look, ended.reject);
    return succeeded(await ended.promise);
  } finally {
    stopListening();
    session.signal.removeEventListener('abort', cancel);
    display.stop();
  }
}

function succeeded(job: Job): Job {
  if (job.state === 'done') return job;
  if (job.state === 'cancelled') throw new RequestError('cancelled', `${job.title}: ${job.message}`);
  throw new RequestError((job.error?.code ?? 'internal') as RequestErrorCode, job.error?.message ?? `${job.title}: ${job.message}`);
}
