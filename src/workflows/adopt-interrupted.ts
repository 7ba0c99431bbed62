import { listDatasets, setDatasetState } from '../store/datasets.ts';
import { clearDeadLocks, isDeskAlive } from '../store/desk-lock.ts';
import { listOpenJobs, saveJob } from '../store/jobs.ts';
import { endRun, listRuns } from '../store/runs.ts';
import type { Database } from '../store/statement.ts';
import { transaction } from '../store/statement.ts';

const message = 'Likeness ended while this was at work.';

/** Says the truth about the work of desks that ended without finishing it. Other desks that are alive keep theirs. */
export function adoptInterrupted(database: Database, lockFolder: string): void {
  const now = Date.now();
  const open = listOpenJobs(database);
  const abandoned = open.filter(({ deskId }) => !isDeskAlive(lockFolder, deskId));
  const workedOn = new Set(open.filter((job) => !abandoned.includes(job)).map(({ subjectId }) => subjectId));
  transaction(database, () => {
    for (const job of abandoned) saveJob(database, { ...job, state: 'interrupted', message, remainingMs: null, endedAt: now });
    for (const { id, state } of listRuns(database)) {
      if (state === 'running' && !workedOn.has(id)) endRun(database, { id, state: 'interrupted', error: message, endedAt: now });
    }
    for (const { id, state } of listDatasets(database)) {
      if (state === 'importing' && !workedOn.has(id)) setDatasetState(database, id, 'failed');
    }
  });
  clearDeadLocks(lockFolder, now);
}
