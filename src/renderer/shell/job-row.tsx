import { Button, Progress, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import type { Job } from '../../contract/jobs.ts';
import { useTell } from '../desk/ask.ts';
import { isRunning } from '../desk/use-jobs.ts';
import { CopyButton } from '../widgets/copy-button.tsx';
import { StateBadge } from '../widgets/state-badge.tsx';
import { countWords } from '../words/numbers.ts';
import { durationWords, shortInstantWords } from '../words/time.ts';
import classes from './jobs-drawer.module.css';

/** One job: name, progress, rate, remaining time, cancel, log. */
export function JobRow({ job }: { job: Job }) {
  const cancel = useTell('jobs.cancel');
  const [isLogOpen, setLogOpen] = useState(false);
  const share = job.total ? Math.min(100, (100 * job.done) / job.total) : null;
  return (
    <article className={classes.row}>
      <div className={classes.top}>
        <span className={classes.title}>{job.title}</span>
        {isRunning(job)
          ? <Button size="compact-xs" variant="default" loading={cancel.isPending} onClick={() => cancel.mutate({ jobId: job.id })}>Cancel</Button>
          : <StateBadge state={job.state} />}
      </div>
      {isRunning(job) && <Progress value={share ?? 100} animated={share === null} size={5} aria-label={`Progress of ${job.title}`} />}
      {job.message && <div className={classes.message}>{job.message}</div>}
      {job.error && <div className={classes.message} data-bad>{job.error.message}</div>}
      <div className={classes.facts}>
        <Facts job={job} />
        {job.log.length > 0 && (
          <UnstyledButton fz="inherit" c="var(--accent)" aria-expanded={isLogOpen} onClick={() => setLogOpen(!isLogOpen)}>
            {isLogOpen ? 'Hide log' : `Log (${countWords(job.log.length)})`}
          </UnstyledButton>
        )}
      </div>
      {isLogOpen && (
        <div>
          <pre className={classes.log} tabIndex={0}>{job.log.join('\n')}</pre>
          <CopyButton text={job.log.join('\n')} label="Copy the log" />
        </div>
      )}
    </article>
  );
}

function Facts({ job }: { job: Job }) {
  if (!isRunning(job)) {
    const tookMs = job.endedAt === null ? null : job.endedAt - job.createdAt;
    return <><span>{shortInstantWords(job.createdAt, Date.now())}</span>{tookMs !== null && <span>took {durationWords(tookMs)}</span>}</>;
  }
  return (
    <>
      {job.state === 'queued' && <span>waiting</span>}
      {job.total !== null && <span>{countWords(job.done)} of {countWords(job.total)} {job.unit}</span>}
      {job.rate !== null && <span>{job.rate >= 10 ? countWords(job.rate) : job.rate.toFixed(1)} {job.unit}/s</span>}
      {job.remainingMs !== null && <span>{durationWords(job.remainingMs)} left</span>}
    </>
  );
}
