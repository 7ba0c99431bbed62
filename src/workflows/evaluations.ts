import type { Handlers } from '../contract/requests.ts';
import type { EvaluationCard, EvaluationReport } from '../contract/requests/evaluations.ts';
import { listEvaluations, removeEvaluation } from '../store/evaluations.ts';
import { readyDataset } from './datasets.ts';
import { exportEvaluation } from './export-evaluation.ts';
import { newIdentifier } from './identifiers.ts';
import { whatManifestNames } from './evaluation-manifest.ts';
import { knownEvaluation } from './known-evaluation.ts';
import { knownModel } from './models.ts';
import type { Explorer } from './report/evaluation-studies.ts';
import type { EvaluationOrder } from './run-evaluation.ts';
import { runEvaluation } from './run-evaluation.ts';
import type { Workbench } from './workbench.ts';
import { announce } from './workbench.ts';

type EvaluationHandlers = Pick<
  Handlers,
  'evaluations.list' | 'evaluations.get' | 'evaluations.start' | 'evaluations.repeat' | 'evaluations.export' | 'evaluations.remove'
>;

export function evaluationHandlers(workbench: Workbench, explorer: Explorer): EvaluationHandlers {
  const { database } = workbench.store;
  return {
    'evaluations.list': () => listEvaluations(database).map(evaluationCard),
    'evaluations.get': ({ evaluationId }) => knownEvaluation(database, evaluationId).report,
    'evaluations.start': ({ modelId, datasetId, ...options }) =>
      startEvaluation(workbench, { model: knownModel(database, modelId), dataset: readyDataset(database, datasetId), ...options }),
    'evaluations.repeat': ({ manifest }) => startEvaluation(workbench, { ...whatManifestNames(database, manifest), part: manifest.part, ...manifest.options }),
    'evaluations.export': ({ evaluationId, folder }) => {
      const evaluation = knownEvaluation(database, evaluationId);
      return exportEvaluation(workbench, { evaluation, explorer }, folder);
    },
    'evaluations.remove': ({ evaluationId }) => {
      knownEvaluation(database, evaluationId);
      removeEvaluation(database, evaluationId);
      announce(workbench, 'evaluations', 'thresholds', 'desk');
      return { removed: true };
    },
  };
}

function startEvaluation(workbench: Workbench, wanted: Omit<EvaluationOrder, 'evaluationId' | 'isDemo'>): { evaluationId: string; jobId: string } {
  const evaluationId = newIdentifier('evaluation');
  const { model, dataset } = wanted;
  const job = workbench.jobs.start({
    kind: 'evaluate', title: `Evaluate ${model.name} on ${dataset.name}`, subjectId: evaluationId, unit: 'images', isBatch: true,
    work: (running) => runEvaluation(workbench, { ...wanted, evaluationId, isDemo: false }, running),
  });
  return { evaluationId, jobId: job.id };
}

export function evaluationCard(report: EvaluationReport): EvaluationCard {
  const { id, modelId, modelName, datasetId, datasetName, part, counts, createdAt, systems, transform = 'none' } = report;
  const corrections = (report.corrections as typeof report.corrections | undefined)?.length ?? 0; // none in reports of before labels could be marked
  return { id, modelId, modelName, datasetId, datasetName, part, transform, counts, createdAt, eer: systems[0]!.eer, corrections };
}
