import { RequestError } from '../contract/request-error.ts';
import type { Handlers } from '../contract/requests.ts';
import type { EvaluationCard, EvaluationReport } from '../contract/requests/evaluations.ts';
import type { EvaluationRecord } from '../store/evaluations.ts';
import { findEvaluation, listEvaluations, removeEvaluation } from '../store/evaluations.ts';
import type { Database } from '../store/statement.ts';
import { readyDataset } from './datasets.ts';
import { exportEvaluation } from './export-evaluation.ts';
import { newIdentifier } from './identifiers.ts';
import { knownModel } from './models.ts';
import { runEvaluation } from './run-evaluation.ts';
import type { Workbench } from './workbench.ts';
import { announce } from './workbench.ts';

type EvaluationHandlers = Pick<
  Handlers,
  'evaluations.list' | 'evaluations.get' | 'evaluations.start' | 'evaluations.export' | 'evaluations.remove'
>;

export function evaluationHandlers(workbench: Workbench): EvaluationHandlers {
  const { database } = workbench.store;
  return {
    'evaluations.list': () => listEvaluations(database).map(evaluationCard),
    'evaluations.get': ({ evaluationId }) => knownEvaluation(database, evaluationId).report,
    'evaluations.start': ({ modelId, datasetId, part, baselines, corrected }) => {
      const model = knownModel(database, modelId);
      const dataset = readyDataset(database, datasetId);
      const evaluationId = newIdentifier('evaluation');
      const order = { evaluationId, model, dataset, part, baselines, corrected, isDemo: false };
      const job = workbench.jobs.start({
        kind: 'evaluate', title: `Evaluate ${model.name} on ${dataset.name}`, subjectId: evaluationId, unit: 'images', isBatch: true,
        work: (running) => runEvaluation(workbench, order, running),
      });
      return { evaluationId, jobId: job.id };
    },
    'evaluations.export': ({ evaluationId, folder }) => {
      const evaluation = knownEvaluation(database, evaluationId);
      return exportEvaluation(workbench, evaluation, folder);
    },
    'evaluations.remove': ({ evaluationId }) => {
      knownEvaluation(database, evaluationId);
      removeEvaluation(database, evaluationId);
      announce(workbench, 'evaluations', 'thresholds', 'desk');
      return { removed: true };
    },
  };
}

/** @throws RequestError('not-found') */
export function knownEvaluation(database: Database, evaluationId: string): EvaluationRecord {
  const evaluation = findEvaluation(database, evaluationId);
  if (evaluation === undefined) {
    throw new RequestError('not-found', 'This evaluation is not known (any more), or its job has not ended yet.');
  }
  return { ...evaluation, report: complete(evaluation.report) };
}

/** A report of before something was counted says that it has none. */
function complete(report: EvaluationReport): EvaluationReport {
  const corrections = (report.corrections as typeof report.corrections | undefined) ?? [];
  const systems = report.systems.map((system) => ({
    ...system,
    retrieval: (system.retrieval as typeof system.retrieval | undefined) ?? null,
    detail: (system.detail as typeof system.detail | undefined) ?? null,
  }));
  return { ...report, corrections, systems };
}

export function evaluationCard(report: EvaluationReport): EvaluationCard {
  const { id, modelId, modelName, datasetId, datasetName, part, counts, createdAt, systems } = report;
  return { id, modelId, modelName, datasetId, datasetName, part, counts, createdAt, eer: systems[0]!.eer };
}
