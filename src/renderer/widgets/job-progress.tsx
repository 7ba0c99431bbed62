import { Button, Progress } from '@mantine/core';
import type { Job } from '../../contract/jobs.ts';
import { useTell } from '../desk/ask.ts';
import { isRunning } from '../desk/use-jobs.ts';
import { countWords } from '../words/numbers.ts';
import { durationWords } from '../words/time.ts';
import classes from './job-progress.module.css';

/** Work on the thing that this page shows; gone when it is done. */
export function JobProgress({ job, canCancel = true }: { job: Job; canCancel?: boolean }) {
  const cancel = useTell('jobs.cancel');
  if (job.state === 'done' || job.state === 'cancelled') return null;
  const share = job.total ? Math.min(100, (100 * job.done) / job.total) : 100;
  const counts = job.total === null ? '' : `${countWords(job.done)} of ${countWords(job.total)} ${job.unit}`;
  const remaining = job.remainingMs === null ? '' : `, ${durationWords(job.remainingMs)} left`;
  return (
    <div className={classes.progress} data-failed={job.state === 'failed' || undefined}>
      <div className={classes.words}>
        <b>{job.error?.message ?? (job.message || job.title)}</b>
        <span>{isRunning(job) ? `${counts}${remaining}` : job.state}</span>
        {canCancel && isRunning(job) && <Button size="compact-xs" variant="default" loading={cancel.isPending} onClick={() => cancel.mutate({ jobId: job.id })}>Cancel</Button>}
      </div>
      {isRunning(job) && <Progress value={share} animated={job.total === null} size={6} aria-label={`Progress of ${job.title}`} />}
    </div>
  );
}
