import { basename } from 'node:path';
import { RequestError } from '../contract/request-error.ts';
import type { Handlers } from '../contract/requests.ts';
import type { ImportedScores, ImportedScoresCard, ScoreFileReport } from '../contract/requests/score-files.ts';
import type { Measurement } from '../store/measurements.ts';
import { findMeasurement, insertMeasurement, listMeasurements, removeMeasurement } from '../store/measurements.ts';
import type { Database } from '../store/statement.ts';
import { newIdentifier } from './identifiers.ts';
import { estimateOfMetric } from './metric-estimate.ts';
import { recentlyUsed } from './recently-used.ts';
import type { ThreadOptions } from './run-in-thread.ts';
import { runInThread } from './run-in-thread.ts';
import type { RunningJob } from './jobs.ts';
import type { Workbench } from './workbench.ts';
import { announce } from './workbench.ts';

type ScoreFileHandlers = Pick<Handlers, 'scores.measure' | 'scores.get' | 'scores.fuse' | 'scores.import' | 'scores.list' | 'scores.imported' | 'scores.remove'>;

/** Reports are small and quickly made again: this desk remembers the latest, and no other does. */
const keptReports = 50;

export function scoreFileHandlers(workbench: Workbench): ScoreFileHandlers {
  const { database } = workbench.store;
  const reports = recentlyUsed<ScoreFileReport>(keptReports, () => 1);
  return {
    'scores.measure': (order) => {
      const job = workbench.jobs.start({
        kind: 'scores', title: `Measure ${basename(order.path)}`, subjectId: null, unit: 'bytes', isBatch: false,
        work: async (running) => {
          const report = await runInThread('score-file', order, watched(running));
          reports.set(running.id, report);
          return measured(report);
        },
      });
      return { jobId: job.id };
    },
    'scores.get': ({ jobId }) => {
      const report = reports.get(jobId);
      if (report === undefined) throw new RequestError('not-found', 'These figures are not known (any more), or their job has not ended yet. Measure the file again.');
      return report;
    },
    'scores.fuse': (order) => {
      const job = workbench.jobs.start({
        kind: 'scores', title: `Fuse ${order.paths.length} score files`, subjectId: null, unit: 'bytes', isBatch: false,
        work: async (running) => {
          const { rows, ...outcome } = await runInThread('fuse-scores', order, watched(running));
          return { message: `${rows.toLocaleString('en-GB')} comparisons in ${outcome.file}.`, result: { rows, ...outcome } };
        },
      });
      return { jobId: job.id };
    },
    'scores.import': ({ path, name, plan }) => {
      const scoresId = newIdentifier('scores');
      const job = workbench.jobs.start({
        kind: 'scores', title: `Import ${basename(path)}`, subjectId: scoresId, unit: 'bytes', isBatch: false,
        work: async (running) => {
          const report = await runInThread('score-file', { path, plan }, watched(running));
          const drawing = await runInThread('draw-scores', { path, plan }, watched(running));
          const imported: ImportedScores = { id: scoresId, name: name ?? basename(path), createdAt: Date.now(), report, drawing };
          insertMeasurement(database, { kind: 'scores', report: imported, scoresFile: path, sides: [] });
          announce(workbench, 'evaluations');
          return measured(report);
        },
      });
      return { scoresId, jobId: job.id };
    },
    'scores.list': () => listMeasurements(database, 'scores').map(cardOf),
    'scores.imported': ({ scoresId }) => knownScores(database, scoresId).report,
    'scores.remove': ({ scoresId }) => {
      knownScores(database, scoresId);
      removeMeasurement(database, scoresId);
      announce(workbench, 'evaluations');
      return { removed: true };
    },
  };
}

/** @throws RequestError('not-found') */
export function knownScores(database: Database, scoresId: string): Measurement<'scores'> {
  const imported = findMeasurement(database, 'scores', scoresId);
  if (imported === undefined) throw new RequestError('not-found', 'These scores are not known (any more), or their job has not ended yet. Import the file again.');
  return imported;
}

const measured = ({ rows }: ScoreFileReport): string => `${rows.toLocaleString('en-GB')} comparisons measured.`;

function cardOf({ id, name, createdAt, report }: ImportedScores): ImportedScoresCard {
  const { file, matedCount, nonMatedCount, eer } = report;
  return { id, name, file, mated: matedCount, nonMated: nonMatedCount, eer: estimateOfMetric(eer), createdAt };
}

function watched(job: RunningJob): ThreadOptions {
  return { signal: job.signal, onProgress: (progress) => job.progress(progress) };
}
