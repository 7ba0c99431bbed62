import { listDatasets, setDatasetState } from '../store/datasets.ts';
import { clearDeadLocks, isDeskAlive } from '../store/desk-lock.ts';
import type { JobRecord } from '../store/jobs.ts';
import { listOpenJobs, saveJob } from '../store/jobs.ts';
import { endRun, findRun } from '../store/runs.ts';
import type { Database } from '../store/statement.ts';
import { transaction } from '../store/statement.ts';

const message = 'Likeness ended while this was at work.';

/** Says the truth about the work of desks that ended without finishing it. Other desks that are alive keep theirs. */
export function adoptInterrupted(database: Database, lockFolder: string): JobRecord[] {
  const now = Date.now();
  const abandoned = listOpenJobs(database).filter(({ deskId }) => !isDeskAlive(lockFolder, deskId));
  transaction(database, () => {
    for (const job of abandoned) {
      saveJob(database, { ...job, state: 'interrupted', message, remainingMs: null, endedAt: now });
      if (job.kind === 'train' && job.subjectId !== null) interruptRun(database, job.subjectId, now);
      if (job.subjectId !== null) failImport(database, job.subjectId);
    }
  });
  clearDeadLocks(lockFolder, now);
  return abandoned;
}

function interruptRun(database: Database, runId: string, endedAt: number): void {
  if (findRun(database, runId)?.state === 'running') endRun(database, { id: runId, state: 'interrupted', error: message, endedAt });
}

function failImport(database: Database, datasetId: string): void {
  const isImporting = listDatasets(database).some(({ id, state }) => id === datasetId && state === 'importing');
  if (isImporting) setDatasetState(database, datasetId, 'failed');
}
