import { Drawer } from '@mantine/core';
import { IconActivity } from '@tabler/icons-react';
import { isRunning, useJobs } from '../desk/use-jobs.ts';
import { EmptyState } from '../widgets/empty-state.tsx';
import { JobRow } from './job-row.tsx';
import classes from './jobs-drawer.module.css';

/** Long work: what runs, what waits, what became of the rest. */
export function JobsDrawer({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const jobs = useJobs();
  const running = jobs.filter(isRunning);
  const ended = jobs.filter((job) => !isRunning(job));
  return (
    <Drawer opened={isOpen} onClose={onClose} position="right" size={460} title="Jobs" closeButtonProps={{ 'aria-label': 'Close the jobs' }}>
      {jobs.length === 0 && <EmptyState icon={IconActivity} title="No work has been started yet" words="Trainings, imports and evaluations appear here, with their progress. They go on when this window is closed or reloaded." />}
      {running.length > 0 && <section className={classes.group} aria-label="Running">{running.map((job) => <JobRow key={job.id} job={job} />)}</section>}
      {ended.length > 0 && (
        <section className={classes.group}>
          <h3 className={classes.heading}>Ended</h3>
          {ended.map((job) => <JobRow key={job.id} job={job} />)}
        </section>
      )}
    </Drawer>
  );
}
