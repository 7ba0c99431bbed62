import { Button } from '@mantine/core';
import { useTell } from '../../desk/ask.ts';
import { useDraft } from '../../desk/use-draft.ts';
import { isRunning, useJobs } from '../../desk/use-jobs.ts';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { FolderField } from '../../widgets/folder-field.tsx';
import { JobProgress } from '../../widgets/job-progress.tsx';
import { Panel } from '../../widgets/panel.tsx';
import classes from './enrol.module.css';
import { FolderReportView } from './folder-report-view.tsx';

/** Many people at once: a job, and when it is over a report of who is enrolled, and who is not and why. */
export function EnrolFolderPanel() {
  const [path, setPath] = useDraft('enrol.folder', '');
  const [jobId, setJobId] = useDraft<string | null>('enrol.folder-job', null);
  const enrol = useTell('enrol.folder');
  const job = useJobs().find(({ id }) => id === jobId);
  const submit = (): void => enrol.mutate({ path: path.trim() }, { onSuccess: (started) => setJobId(started.jobId) });
  return (
    <Panel title="Many people at once" aside="A folder for each person, or a CSV file that names them.">
      <div className={classes.form}>
        <form className={classes.folder} onSubmit={(event) => { event.preventDefault(); submit(); }}>
          <FolderField label="Folder or CSV file" value={path} onChange={setPath} />
          <Button type="submit" variant="default" disabled={path.trim() === '' || (job !== undefined && isRunning(job))} loading={enrol.isPending}>Enrol this folder</Button>
        </form>
        <ErrorNote error={enrol.error} />
        {job && <JobProgress job={job} />}
        {job && !isRunning(job) && <FolderReportView jobId={job.id} onClose={() => setJobId(null)} />}
      </div>
    </Panel>
  );
}
