import { RequestError } from '../contract/request-error.ts';
import type { Handlers } from '../contract/requests.ts';
import type { EvaluationCard, EvaluationReport } from '../contract/requests/evaluations.ts';
import { findEvaluation, listEvaluations, removeEvaluation } from '../store/evaluations.ts';
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
    'evaluations.get': ({ evaluationId }) => knownEvaluation(workbench, evaluationId).report,
    'evaluations.start': ({ modelId, datasetId, part, baselines }) => {
      const model = knownModel(database, modelId);
      const dataset = readyDataset(database, datasetId);
      const evaluationId = newIdentifier('evaluation');
      const order = { evaluationId, model, dataset, part, baselines, isDemo: false };
      const job = workbench.jobs.start({
        kind: 'evaluate', title: `Evaluate ${model.name} on ${dataset.name}`, subjectId: evaluationId, unit: 'images', isBatch: true,
        work: (running) => runEvaluation(workbench, order, running),
      });
      return { evaluationId, jobId: job.id };
    },
    'evaluations.export': ({ evaluationId, folder }) => {
      const evaluation = knownEvaluation(workbench, evaluationId);
      return exportEvaluation(workbench, evaluation, folder);
    },
    'evaluations.remove': ({ evaluationId }) => {
      knownEvaluation(workbench, evaluationId);
      removeEvaluation(database, evaluationId);
      announce(workbench, 'evaluations', 'thresholds', 'desk');
      return { removed: true };
    },
  };
}

function knownEvaluation({ store: { database } }: Workbench, evaluationId: string): NonNullable<ReturnType<typeof findEvaluation>> {
  const evaluation = findEvaluation(database, evaluationId);
  if (evaluation === undefined) {
    throw new RequestError('not-found', 'This evaluation is not known (any more), or its job has not ended yet.');
  }
  return { ...evaluation, report: withRetrieval(evaluation.report) };
}

/** A report of before retrieval was counted says that it has none. */
function withRetrieval(report: EvaluationReport): EvaluationReport {
  const systems = report.systems.map((system) => ({ ...system, retrieval: (system.retrieval as typeof system.retrieval | undefined) ?? null }));
  return { ...report, systems };
}

export function evaluationCard(report: EvaluationReport): EvaluationCard {
  const { id, modelId, modelName, datasetId, datasetName, part, counts, createdAt, systems } = report;
  return { id, modelId, modelName, datasetId, datasetName, part, counts, createdAt, eer: systems[0]!.eer };
}
