import { basename } from 'node:path';
import { RequestError } from '../contract/request-error.ts';
import type { Handlers } from '../contract/requests.ts';
import type { ScoreFileReport } from '../contract/requests/score-files.ts';
import type { RunningJob } from './jobs.ts';
import { recentlyUsed } from './recently-used.ts';
import { runInThread } from './run-in-thread.ts';
import type { ScoreFileOrder } from './score-file.ts';
import type { Workbench } from './workbench.ts';

/** Reports are small and quickly made again: this desk remembers the latest, and no other does. */
const keptReports = 50;

export function scoreFileHandlers(workbench: Workbench): Pick<Handlers, 'scores.measure' | 'scores.get'> {
  const reports = recentlyUsed<ScoreFileReport>(keptReports, () => 1);
  return {
    'scores.measure': (order) => {
      const job = workbench.jobs.start({
        kind: 'scores', title: `Measure ${basename(order.path)}`, subjectId: null, unit: 'bytes', isBatch: false,
        work: async (running) => {
          const report = await measureInThread(order, running);
          reports.set(running.id, report);
          return `${report.rows.toLocaleString('en-GB')} comparisons measured.`;
        },
      });
      return { jobId: job.id };
    },
    'scores.get': ({ jobId }) => {
      const report = reports.get(jobId);
      if (report === undefined) throw new RequestError('not-found', 'These figures are not known (any more), or their job has not ended yet. Measure the file again.');
      return report;
    },
  };
}

function measureInThread(order: ScoreFileOrder, job: RunningJob): Promise<ScoreFileReport> {
  return runInThread('score-file', order, { signal: job.signal, onProgress: (progress) => job.progress(progress) });
}
