import { notifications } from '@mantine/notifications';
import type { Job } from '../../contract/jobs.ts';

/** A short word when long work has ended; the jobs drawer keeps the rest. */
export function noticeOfJob(job: Job): void {
  // A map shows by itself that it is there.
  if (job.kind === 'map') return;
  if (job.state === 'done') notifications.show({ title: job.title, message: job.message || 'Done.', color: 'pine' });
  if (job.state === 'failed') notifications.show({ title: `${job.title} failed`, message: job.error?.message ?? job.message, color: 'red', autoClose: false });
  if (job.state === 'interrupted') notifications.show({ title: `${job.title} was interrupted`, message: job.message || 'It can be resumed.', color: 'yellow' });
}
